"""Files up and down: kinds, ids, albums, limits."""

import pytest

from simulator import Options


async def test_a_document_goes_up_comes_down_and_is_sent_again_by_its_id(api, rina):
    message = await api.document(rina.id, b"isi", "Undangan Rapat é.pdf", caption="<b>Undangan</b>", parse_mode="HTML")
    document = message["document"]

    again = await api("sendDocument", chat_id=rina.id, document=document["file_id"])
    file = await api("getFile", file_id=document["file_id"])
    async with api.session.get(f"{api.files}/{file['file_path']}") as response:
        data = await response.read()

    assert (document["file_name"], document["mime_type"], document["file_size"]) == (
        "Undangan Rapat é.pdf",
        "application/pdf",
        3,
    )
    assert message["caption"] == "Undangan"
    assert message["caption_entities"] == [{"type": "bold", "offset": 0, "length": 8}]
    assert again["document"] == document
    assert data == b"isi"


async def test_what_she_sends_reaches_the_bot_with_name_caption_and_reply(api, rina):
    card = await api("sendMessage", chat_id=rina.id, text="Unggah berkas")

    await rina.send_file("data 1.xlsx", b"angka", caption="Data awal", reply_to=card["message_id"])

    (update,) = await api("getUpdates")
    message = update["message"]
    assert message["document"]["file_name"] == "data 1.xlsx"
    assert message["caption"] == "Data awal"
    assert message["reply_to_message"]["message_id"] == card["message_id"]


async def test_a_large_file_comes_and_goes_whole(api, rina):
    data = bytes(range(256)) * 16 * 1024  # 4 MiB

    sent = await rina.send_file("besar.bin", data)

    file = await api("getFile", file_id=sent.files[0].file_id)
    async with api.session.get(f"{api.files}/{file['file_path']}") as response:
        assert await response.read() == data


async def test_her_photo_has_a_small_size_first_and_itself_last(api, rina, picture):
    sent = await rina.send_photo(picture(40, 30))

    sizes = (await api("getUpdates"))[0]["message"]["photo"]

    assert [(size["width"], size["height"]) for size in sizes] == [(90, 90), (40, 30)]
    assert await sent.download() == picture(40, 30)


async def test_a_voice_note_has_a_duration(api, rina):
    await rina.send_voice(b"OggS...")

    voice = (await api("getUpdates"))[0]["message"]["voice"]

    assert (voice["mime_type"], voice["duration"], voice["file_size"]) == ("audio/ogg", 0, 7)


async def test_a_photos_id_is_no_documents_id(api, rina, refused, picture):
    photo = await api.upload("sendPhoto", {"photo": ("a.png", picture())}, chat_id=rina.id)
    file_id = photo["photo"][-1]["file_id"]

    assert (await api("sendPhoto", chat_id=rina.id, photo=file_id))["photo"] == photo["photo"]
    with refused("Bad Request: can't use file of type Photo as Document"):
        await api("sendDocument", chat_id=rina.id, document=file_id)
    with refused("Bad Request: wrong file identifier/HTTP URL specified"):
        await api("sendDocument", chat_id=rina.id, document="BQACno-such-file")


@pytest.mark.parametrize(
    ("size", "description"), [(None, "IMAGE_PROCESS_FAILED"), ((9000, 2000), "PHOTO_INVALID_DIMENSIONS")]
)
async def test_a_photo_must_be_a_picture_of_a_decent_shape(api, rina, refused, picture, size, description):
    data = picture(*size) if size else b"no picture"

    with refused(f"Bad Request: {description}"):
        await api.upload("sendPhoto", {"photo": ("a.png", data)}, chat_id=rina.id)


async def test_an_album_shares_an_id_and_arrives_in_order(api, rina):
    known = (await api.document(rina.id))["document"]["file_id"]
    media = [{"type": "document", "media": "attach://one", "caption": "satu"}, {"type": "document", "media": known}]

    messages = await api.upload("sendMediaGroup", {"one": ("1.pdf", b"1")}, chat_id=rina.id, media=media)

    assert [message["document"]["file_name"] for message in messages] == ["1.pdf", "a.pdf"]
    assert messages[0]["media_group_id"] == messages[1]["media_group_id"]
    assert messages[0]["caption"] == "satu"
    assert [message.id for message in await rina.messages()][-2:] == [message["message_id"] for message in messages]


@pytest.mark.parametrize(
    ("count", "mixed", "description"),
    [
        (1, False, "wrong number of messages"),
        (11, False, "too many messages to send as an album"),
        (2, True, "document can't be mixed with other media types"),
    ],
)
async def test_a_wrong_album_is_refused_whole(api, rina, refused, count, mixed, description):
    media = [{"type": "document", "media": "attach://one"}] * count
    if mixed:
        media = [{"type": "photo", "media": "attach://one"}, media[0]]
    before = len(await rina.messages())

    with refused(f"Bad Request: {description}"):
        await api.upload("sendMediaGroup", {"one": ("1.pdf", b"1")}, chat_id=rina.id, media=media)

    assert len(await rina.messages()) == before


async def test_an_album_with_one_bad_file_sends_none(api, rina, refused):
    media = [{"type": "document", "media": "attach://one"}, {"type": "document", "media": "lost"}]
    before = len(await rina.messages())

    with refused("Bad Request: wrong file identifier/HTTP URL specified"):
        await api.upload("sendMediaGroup", {"one": ("1.pdf", b"1")}, chat_id=rina.id, media=media)

    assert len(await rina.messages()) == before


async def test_captions_are_bounded_and_edited(api, rina, refused):
    message = await api.document(rina.id, caption="lama")
    where = {"chat_id": rina.id, "message_id": message["message_id"]}

    assert (await api("editMessageCaption", **where, caption="baru"))["caption"] == "baru"
    with refused("Bad Request: message caption is too long"):
        await api("editMessageCaption", **where, caption="x" * 1025)
    with refused("Bad Request: there is no text in the message to edit"):
        await api("editMessageText", **where, text="x")


async def test_empty_and_missing_files_are_refused(api, rina, refused):
    with refused("Bad Request: file must be non-empty"):
        await api.document(rina.id, b"")
    with refused("Bad Request: there is no document in the request"):
        await api("sendDocument", chat_id=rina.id)


class TestWithSmallLimits:
    @pytest.fixture
    def options(self):
        return Options(upload_limit=2000, download_limit=1000)

    async def test_what_is_too_big_does_not_come_down(self, api, rina, refused):
        message = await rina.send_file("besar.bin", b"x" * 5000)

        with refused("Bad Request: file is too big"):
            await api("getFile", file_id=message.files[0].file_id)
        assert len(await message.download()) == 5000

    async def test_what_is_too_big_does_not_go_up(self, api, rina, refused):
        with refused("Request Entity Too Large") as caught:
            await api.document(rina.id, b"x" * 2001)
        assert caught.value.status == 413
        assert (await api.document(rina.id, b"x" * 2000))["document"]["file_size"] == 2000


def test_the_usual_limits_are_telegrams():
    assert Options().download_limit == 20 * 1024 * 1024
    assert Options().upload_limit == 50 * 1024 * 1024
