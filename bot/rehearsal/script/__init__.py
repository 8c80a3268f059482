"""What scripted people do: `whole_case` takes a case through the SOP, `late_case` one whose limits lapse; each is made of parts."""
