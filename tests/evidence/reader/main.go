// What Go's own packages for signed notes and tlogs make of a note and a tree: asked and answered in JSON, one a line.
package main

import (
	"bufio"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"os"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type question struct {
	Keys   []string   // verifiers' lines
	Note   string     //
	Leaves [][]byte   // the tree that the note is of, if it is asked about
	Paths  [][][]byte // of each leaf
	Roots  [][]byte   // of each size from 1 on
	Sign   string     // a text to be signed with a new key
}

type answer struct {
	Text     string
	Signed   []string // names of the keys whose signatures hold
	Tree     string   // "same", or what is wrong with the tree
	Key      string
	Note     string
	Refused  string
	Proofs   int
	Extended int
}

func main() {
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(nil, 1<<26)
	out := json.NewEncoder(os.Stdout)
	for in.Scan() {
		var asked question
		if err := json.Unmarshal(in.Bytes(), &asked); err != nil {
			panic(err)
		}
		told, err := answered(asked)
		if err != nil {
			told.Refused = err.Error()
		}
		if err := out.Encode(told); err != nil {
			panic(err)
		}
	}
}

func answered(asked question) (told answer, err error) {
	if asked.Sign != "" {
		secret, key, err := note.GenerateKey(rand.Reader, "go.example/tlog")
		if err != nil {
			return told, err
		}
		signer, err := note.NewSigner(secret)
		if err != nil {
			return told, err
		}
		signed, err := note.Sign(&note.Note{Text: asked.Sign}, signer)
		told.Key, told.Note = key, string(signed)
		return told, err
	}
	var known []note.Verifier
	for _, key := range asked.Keys {
		verifier, err := note.NewVerifier(key)
		if err != nil {
			return told, err
		}
		known = append(known, verifier)
	}
	opened, err := note.Open([]byte(asked.Note), note.VerifierList(known...))
	if err != nil {
		return told, err
	}
	told.Text = opened.Text
	for _, signature := range opened.Sigs {
		told.Signed = append(told.Signed, signature.Name)
	}
	if asked.Leaves == nil {
		return told, nil
	}
	lines := strings.Split(opened.Text, "\n")
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		return told, err
	}
	root, err := tlog.ParseHash(lines[2])
	if err != nil {
		return told, err
	}
	return told, compared(asked, &told, size, root)
}

// compared builds the tree anew and holds ours against it: each root, each leaf's path, and that each tree has grown out of the
// one before, by a proof of Go's that our roots must satisfy.
func compared(asked question, told *answer, size int64, root tlog.Hash) error {
	var stored []tlog.Hash
	reader := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		var found []tlog.Hash
		for _, index := range indexes {
			found = append(found, stored[index])
		}
		return found, nil
	})
	for number, leaf := range asked.Leaves {
		hashes, err := tlog.StoredHashes(int64(number), leaf, reader)
		if err != nil {
			return err
		}
		stored = append(stored, hashes...)
		found, err := tlog.TreeHash(int64(number)+1, reader)
		if err != nil {
			return err
		}
		if found != hash(asked.Roots[number]) {
			return fmt.Errorf("the root of %d leaves is another", number+1)
		}
	}
	if whole := hash(asked.Roots[len(asked.Roots)-1]); int64(len(asked.Leaves)) != size || whole != root {
		return fmt.Errorf("the note is of another tree")
	}
	for number, leaf := range asked.Leaves {
		var path tlog.RecordProof
		for _, item := range asked.Paths[number] {
			path = append(path, hash(item))
		}
		if err := tlog.CheckRecord(path, size, root, int64(number), tlog.RecordHash(leaf)); err != nil {
			return fmt.Errorf("leaf %d: %v", number, err)
		}
		told.Proofs++
		if err := tlog.CheckRecord(path, size, root, (int64(number)+1)%size, tlog.RecordHash(leaf)); err == nil && size > 1 {
			return fmt.Errorf("leaf %d is proven in another place", number)
		}
		proof, err := tlog.ProveTree(size, int64(number)+1, reader)
		if err != nil {
			return err
		}
		if err := tlog.CheckTree(proof, size, root, int64(number)+1, hash(asked.Roots[number])); err != nil {
			return fmt.Errorf("size %d: %v", number+1, err)
		}
		told.Extended++
	}
	told.Tree = "same"
	return nil
}

func hash(data []byte) (found tlog.Hash) {
	copy(found[:], data)
	return found
}
