"""The page with the phones, in a real browser: what a newcomer, a rehearsing office and the end-to-end tests do there."""

import asyncio
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from itertools import combinations

import aiohttp
import pytest
import pytest_asyncio
from playwright.async_api import expect

from simulator import Options, Simulator, SimulatorClient
from tests.browser import a_browser, pages_of
from tests.simulator.conftest import Api, started

PHONE_SCREEN = {"width": 390, "height": 844}
NOTEBOOK = {"width": 1440, "height": 900}
SEVEN = ("Wati", "Ratna", "Hadi", "Rina", "Bima", "Surya", "Yoga")


# One loop for all tests of the module, for a browser that is begun once.
pytestmark = pytest.mark.asyncio(loop_scope="module")
fixture = partial(pytest_asyncio.fixture, loop_scope="module")


@fixture(scope="module")
async def chromium():
    async with a_browser() as found:
        yield found


@fixture
async def simulator(options):
    async with Simulator(options) as running:
        yield running


@fixture
async def telegram(simulator):
    async with SimulatorClient(simulator.url) as client:
        yield client


@fixture
async def api(simulator):
    async with aiohttp.ClientSession() as session:
        yield Api(simulator, session)


@fixture
async def rina(telegram, api):
    return await started(telegram, api)


@fixture
async def visit(simulator, chromium):
    async with pages_of(chromium) as (open_page, faults):

        async def visit_phones(**context):
            return await open_page(simulator.url, **context)

        yield visit_phones
    assert faults == []


def phone(page, person):
    return page.locator(f'section[data-user="{person.id}"]')


def shown(page, person, message_id):
    return phone(page, person).locator(f'[data-message="{message_id}"]')


async def answer_press(api, **answer):
    """What a bot does with the next press."""
    updates = await api("getUpdates", timeout=5)
    query = next(update["callback_query"] for update in updates if "callback_query" in update)
    await api("answerCallbackQuery", callback_query_id=query["id"], **answer)


async def test_what_the_bot_writes_comes_without_a_reload_and_an_edit_says_so(visit, api, rina):
    page = await visit()
    await expect(page.get_by_role("region", name="Phone of Rina")).to_be_visible()

    message = await api("sendMessage", chat_id=rina.id, text="Satu", disable_notification=True)
    await expect(shown(page, rina, message["message_id"])).to_contain_text("Satu")
    await expect(shown(page, rina, message["message_id"])).to_contain_text("without sound")
    await api("editMessageText", chat_id=rina.id, message_id=message["message_id"], text="Dua")
    await expect(shown(page, rina, message["message_id"])).to_contain_text("Dua")
    await expect(shown(page, rina, message["message_id"])).to_contain_text("edited")
    await api("deleteMessage", chat_id=rina.id, message_id=message["message_id"])
    await expect(shown(page, rina, message["message_id"])).to_have_count(0)


async def test_formatting_is_shown_and_markup_in_a_text_stays_text(visit, api, rina):
    page = await visit()
    entities = [
        {"type": "bold", "offset": 0, "length": 4},
        {"type": "text_link", "offset": 5, "length": 4, "url": "javascript:alert(1)"},
        {"type": "spoiler", "offset": 10, "length": 900},
    ]
    sent = await api("sendMessage", chat_id=rina.id, text="😀bc <img src=x onerror=alert(1)>", entities=entities)
    quote = (
        "<blockquote expandable>"
        + "baris\n" * 6
        + "</blockquote><i>miring</i> <a href='https://example.com'>alamat</a>"
    )
    formatted = await api("sendMessage", chat_id=rina.id, parse_mode="HTML", text=quote)

    hostile = shown(page, rina, sent["message_id"])
    await expect(hostile.locator("b")).to_have_text("😀bc")
    await expect(hostile).to_contain_text("<img src=x onerror=alert(1)>")
    await expect(hostile.locator("img, script, a")).to_have_count(0)
    message = shown(page, rina, formatted["message_id"])
    await expect(message.locator("i")).to_have_text("miring")
    await expect(message.get_by_role("link", name="alamat")).to_have_attribute("href", "https://example.com")
    await message.get_by_role("button", name="Whole quote").press("Enter")
    await expect(message.get_by_role("button", name="Whole quote")).to_have_attribute("aria-expanded", "true")


async def test_a_command_in_a_text_is_sent_by_pressing_it(visit, api, rina):
    page = await visit()
    await api("sendMessage", chat_id=rina.id, text="Lihat /tugas")

    await phone(page, rina).get_by_role("button", name="/tugas").click()

    await expect(phone(page, rina).locator(".own").last).to_contain_text("/tugas")
    assert (await api("getUpdates"))[-1]["message"]["text"] == "/tugas"


async def test_a_press_waits_visibly_and_its_answer_is_a_toast(visit, api, rina):
    page = await visit()
    keys = [
        [{"text": "Setujui", "callback_data": "ya", "style": "success"}, {"text": "Tanya", "callback_data": "tanya"}]
    ]
    await api("sendMessage", chat_id=rina.id, text="Kartu", reply_markup={"inline_keyboard": keys})
    button = phone(page, rina).get_by_role("button", name="Setujui")
    await expect(button).to_have_class("key success")

    await button.click()
    await expect(button).to_have_attribute("aria-busy", "true")
    await answer_press(api, text="Persetujuan tercatat.")

    await expect(phone(page, rina).get_by_role("status")).to_have_text("Persetujuan tercatat.")
    await expect(button).not_to_have_attribute("aria-busy", "true")


async def test_an_alert_takes_the_focus_and_gives_it_back(visit, api, rina, buttons):
    page = await visit()
    await api("sendMessage", chat_id=rina.id, text="Kartu", reply_markup=buttons("Setujui"))
    button = phone(page, rina).get_by_role("button", name="Setujui")

    await button.focus()
    await page.keyboard.press("Enter")
    await answer_press(api, text="Sudah diputus.", show_alert=True)
    alert = phone(page, rina).get_by_role("alertdialog")
    await expect(alert).to_contain_text("Sudah diputus.")
    await expect(alert.get_by_role("button", name="OK")).to_be_focused()
    await page.keyboard.press("Enter")

    await expect(alert).to_have_count(0)
    await expect(button).to_be_focused()


async def test_a_press_that_nobody_answers_says_so(visit, api, rina, buttons):
    page = await visit()
    await page.clock.install()
    await page.reload()
    await api("sendMessage", chat_id=rina.id, text="Kartu", reply_markup=buttons("Setujui"))
    button = phone(page, rina).get_by_role("button", name="Setujui")

    await button.click()
    await expect(button).to_have_attribute("aria-busy", "true")
    await page.clock.run_for(16_000)

    await expect(phone(page, rina).get_by_role("status")).to_have_text("The bot did not answer.")


async def test_a_question_of_the_bot_makes_the_next_text_its_reply(visit, api, rina):
    page = await visit()
    markup = {"force_reply": True, "input_field_placeholder": "Tuliskan alasan"}
    prompt = await api("sendMessage", chat_id=rina.id, text="Alasan?", reply_markup=markup)
    box = phone(page, rina).get_by_label("Message to Alur")
    await expect(box).to_have_attribute("placeholder", "Tuliskan alasan")
    await expect(phone(page, rina)).to_contain_text("Reply to Alur")

    await page.reload()
    await expect(box).to_have_attribute("placeholder", "Tuliskan alasan")
    await box.fill("Data belum lengkap")
    await box.press("Enter")

    await expect(phone(page, rina).locator(".own").last).to_contain_text("Data belum lengkap")
    await expect(box).to_have_attribute("placeholder", "Message")
    assert (await rina.messages())[-1].reply_to == prompt["message_id"]


async def test_a_question_that_was_answered_elsewhere_waits_no_longer(visit, api, rina):
    page = await visit()
    prompt = await api("sendMessage", chat_id=rina.id, text="Alasan?", reply_markup={"force_reply": True})
    await expect(phone(page, rina)).to_contain_text("Reply to Alur")

    await rina.send("Data belum lengkap", reply_to=prompt["message_id"])

    await expect(phone(page, rina).get_by_text("Reply to Alur", exact=True)).to_be_hidden()


async def test_any_message_can_be_replied_to_and_the_reply_given_up(visit, api, rina):
    page = await visit()
    first = await api("sendMessage", chat_id=rina.id, text="Pertama")
    await api("sendMessage", chat_id=rina.id, text="Kedua")

    await shown(page, rina, first["message_id"]).get_by_role("button", name="Reply", exact=True).press("Enter")
    await expect(phone(page, rina)).to_contain_text("Reply to Alur")
    await page.keyboard.press("Escape")
    await expect(phone(page, rina).get_by_text("Reply to Alur", exact=True)).to_be_hidden()
    await shown(page, rina, first["message_id"]).get_by_role("button", name="Reply", exact=True).press("Enter")
    await page.keyboard.type("Jawaban")
    await page.keyboard.press("Enter")

    await expect(phone(page, rina).locator(".own .quote")).to_contain_text("Pertama")
    assert (await rina.messages())[-1].reply_to == first["message_id"]


async def test_a_reply_of_the_bot_quotes_the_file_that_it_points_to(visit, api, rina):
    await rina.send_file("surat.pdf", b"%PDF-1.4", mime_type="application/pdf")
    (file,) = (await rina.messages())[-1].files
    sent = await api("sendDocument", chat_id=rina.id, document=file.file_id)
    parameters = {"message_id": sent["message_id"], "allow_sending_without_reply": True}
    await api("sendMessage", chat_id=rina.id, text="Berkas di atas", reply_parameters=parameters)
    page = await visit()

    await expect(phone(page, rina).locator(".other .quote")).to_contain_text("surat.pdf")
    assert (await rina.messages())[-1].replied == "surat.pdf"


async def test_several_files_go_as_an_album_with_the_text_as_caption(visit, rina):
    page = await visit()
    files = [
        {"name": "Konsep Undangan.docx", "mimeType": "application/msword", "buffer": b"satu"},
        {"name": "Data capaian é.xlsx", "mimeType": "application/vnd.ms-excel", "buffer": b"dua"},
    ]

    async with page.expect_file_chooser() as chooser:
        await phone(page, rina).get_by_role("button", name="Attach files").click()
    await (await chooser.value).set_files(files)
    await phone(page, rina).get_by_label("Message to Alur").fill("Untuk langkah 3")
    await phone(page, rina).get_by_role("button", name="Send", exact=True).click()

    await expect(phone(page, rina).locator(".album .file-name")).to_have_text([each["name"] for each in files])
    first, second = (await rina.messages())[-2:]
    assert first.media_group_id == second.media_group_id is not None
    assert (first.text, second.text) == ("Untuk langkah 3", "")
    assert (await second.download(), second.files[0].name) == (b"dua", "Data capaian é.xlsx")


async def test_what_could_not_be_sent_stays_in_the_box(visit, rina):
    page = await visit()
    box = phone(page, rina).get_by_label("Message to Alur")
    await box.fill("x" * 5000)

    await box.press("Enter")

    await expect(phone(page, rina).get_by_role("status")).to_have_text("a text has 1 to 4096 characters")
    await expect(box).to_have_value("x" * 5000)


async def test_a_file_dropped_on_a_phone_lies_ready_there_and_a_picture_goes_as_a_photo(visit, rina, picture):
    page = await visit()
    data = list(picture(40, 30))
    drop = """bytes => {
        const transfer = new DataTransfer();
        transfer.items.add(new File([new Uint8Array(bytes)], "coretan.png", {type: "image/png"}));
        return transfer;
    }"""
    dropped = await page.evaluate_handle(drop, data)
    await phone(page, rina).dispatch_event("drop", {"dataTransfer": dropped})
    await expect(phone(page, rina).locator(".chip")).to_contain_text("coretan.png")
    await page.keyboard.press("Enter")

    image = phone(page, rina).get_by_role("img", name="Photo")
    await expect(image).to_be_visible()
    await expect(image).to_have_js_property("naturalWidth", 40)
    assert (await rina.messages())[-1].files[0].kind == "photo"


async def test_a_document_is_downloaded_under_its_own_name(visit, api, rina, tmp_path):
    page = await visit()
    await api.document(rina.id, b"isi berkas", "Nota Dinas é final.pdf")

    async with page.expect_download() as download:
        await phone(page, rina).get_by_role("link", name="Nota Dinas").click()

    done = await download.value
    assert done.suggested_filename == "Nota Dinas é final.pdf"
    await done.save_as(tmp_path / "a.pdf")
    assert (tmp_path / "a.pdf").read_bytes() == b"isi berkas"


async def test_a_sample_is_sent_with_one_press_to_the_message_replied_to(visit, api, rina, telegram):
    page = await visit()
    budi = await telegram.person("Budi")
    await telegram.add_sample("Surat.pdf", b"%PDF", mime_type="application/pdf", people=[rina], note="untuk /mulai")
    prompt = await api("sendMessage", chat_id=rina.id, text="Mohon surat.", reply_markup={"force_reply": True})
    await expect(phone(page, rina)).to_contain_text("Reply to Alur")

    await phone(page, rina).get_by_role("button", name="Sample files").click()
    await phone(page, rina).get_by_role("button", name="Surat.pdf").click()

    await expect(phone(page, rina).locator(".own .file-name")).to_have_text("Surat.pdf")
    sent = (await rina.messages())[-1]
    assert (sent.reply_to, await sent.download(), sent.files[0].mime_type) == (
        prompt["message_id"],
        b"%PDF",
        "application/pdf",
    )
    await expect(phone(page, budi).get_by_role("button", name="Sample files")).to_be_hidden()


async def test_the_menu_shows_the_commands_and_sends_the_chosen_one(visit, api, rina):
    page = await visit()
    await api("setMyCommands", commands=[{"command": "tugas", "description": "Tugas yang menunggu"}])

    await phone(page, rina).get_by_role("button", name="Menu of commands").press("Enter")
    await expect(phone(page, rina).get_by_role("button", name="Tugas yang menunggu")).to_be_focused()
    await page.keyboard.press("Enter")

    await expect(phone(page, rina).locator(".own").last).to_contain_text("/tugas")


async def test_a_new_person_comes_with_a_link_with_a_pasted_one_or_as_a_stranger(visit, api, telegram):
    page = await visit()
    await telegram.add_link("Kepala Bagian Umum", "kode_1")

    async def create(name, link, pasted=None):
        await page.get_by_role("button", name="New person").click()
        await page.get_by_label("Name").fill(name)
        await page.get_by_label("Start link").select_option(label=link)
        if pasted:
            await page.get_by_label("Link or code").fill(pasted)
        await page.get_by_role("button", name="Create").click()
        await expect(page.get_by_role("region", name=f"Phone of {name}")).to_be_visible()

    await expect(page.get_by_role("button", name="New person")).to_be_visible()
    await create("Budi", "Kepala Bagian Umum")
    await create("Dewi", "Paste a link or code", "https://t.me/alur_simulator_bot?start=kode_2")
    await create("Eko", "None: a stranger")

    texts = [update["message"]["text"] for update in await api("getUpdates")]
    assert texts == ["/start kode_1", "/start kode_2"]
    assert (await telegram.ask("GET", "/control/links"))["links"] == []
    await page.get_by_role("region", name="Phone of Eko").get_by_role("button", name="Start", exact=True).click()
    await expect(page.get_by_role("region", name="Phone of Eko").locator(".own")).to_contain_text("/start")


async def test_a_link_that_leads_elsewhere_makes_nobody(visit, telegram):
    page = await visit()

    await page.get_by_role("button", name="New person").click()
    await page.get_by_label("Name").fill("Budi")
    await page.get_by_label("Start link").select_option(label="Paste a link or code")
    await page.get_by_label("Link or code").fill("https://t.me/another_bot?start=kode")
    await page.get_by_role("button", name="Create").click()

    await expect(page.get_by_role("dialog")).to_contain_text("no start link of @alur_simulator_bot")
    assert await telegram.people() == ()


async def test_a_link_that_has_expired_is_not_offered_and_is_said_until_it_is_made_anew(visit, telegram):
    start = datetime(2030, 12, 2, 3, tzinfo=UTC)
    await telegram.move_clock(start)
    link = await telegram.add_link("Bapak Yoga (administrator)", "kode_1", until=start + timedelta(days=1))
    page = await visit()
    await page.get_by_role("button", name="+1 day at 14.00").click()
    await expect(page.get_by_role("group", name="Clock of the simulator")).to_contain_text("3 Dec")

    await page.get_by_role("button", name="New person").click()
    options = page.get_by_label("Start link").get_by_role("option")
    await expect(options).to_have_text(["None: a stranger", "Paste a link or code"])
    await expect(page.get_by_role("dialog")).to_contain_text("made anew: Bapak Yoga (administrator).")
    await telegram.renew_link(link, "kode_2", until=start + timedelta(days=8))

    await expect(options.nth(1)).to_have_text("Bapak Yoga (administrator), until 10 Dec, 10:00")
    await expect(page.get_by_label("Start link")).to_have_value(str(link))
    await expect(page.get_by_text("made anew")).to_be_hidden()


async def test_a_link_says_whom_it_is_meant_for_and_what_was_typed_stays(visit, telegram):
    for name in ("Sari", "Dewi"):
        await telegram.add_link(f"Ibu {name}", f"kode_{name}", name=name, about="Analis")
    page = await visit()

    await page.get_by_role("button", name="New person").click()
    await expect(page.get_by_label("Name")).to_have_value("Sari")
    await page.get_by_label("Start link").select_option(label="Ibu Dewi")
    await expect(page.get_by_label("Name")).to_have_value("Dewi")
    await page.get_by_label("Name").fill("Dewi Anjani")
    await page.get_by_label("Start link").select_option(label="Ibu Sari")
    await expect(page.get_by_label("Name")).to_have_value("Dewi Anjani")
    await page.get_by_role("button", name="Create").click()

    made = page.get_by_role("region", name="Phone of Dewi Anjani")
    await expect(made).to_contain_text("/start kode_Sari")


async def test_who_blocks_the_bot_can_not_write_until_she_unblocks_it(visit, rina):
    page = await visit()

    await phone(page, rina).get_by_role("button", name="Menu of Rina").click()
    await phone(page, rina).get_by_role("button", name="Block the bot").click()
    await expect(phone(page, rina)).to_contain_text("has blocked the bot")
    await expect(phone(page, rina).get_by_label("Message to Alur")).to_be_hidden()
    await phone(page, rina).get_by_role("button", name="Unblock").click()

    await expect(phone(page, rina).get_by_label("Message to Alur")).to_be_visible()


async def test_a_group_is_seen_on_the_phones_of_its_members_alone(visit, api, rina, telegram):
    page = await visit()
    budi = await telegram.person("Budi")
    group = await telegram.group("Tim SDM", [rina])

    await phone(page, rina).get_by_role("button", name="Tim SDM").click()
    await phone(page, rina).get_by_label("Message to Tim SDM").fill("/status")
    await page.keyboard.press("Enter")
    await api("sendMessage", chat_id=group.id, text="Langkah 6")

    await expect(phone(page, rina)).to_contain_text("Langkah 6")
    await expect(phone(page, budi).get_by_role("button", name="Tim SDM")).to_have_count(0)
    await phone(page, rina).get_by_role("button", name="Alur", exact=True).click()
    await expect(phone(page, rina)).not_to_contain_text("Langkah 6")


async def test_two_browsers_show_the_same_and_a_press_in_one_is_seen_in_the_other(visit, api, rina, buttons):
    one, other = await visit(), await visit()
    await api("sendMessage", chat_id=rina.id, text="Kartu", reply_markup=buttons("Setujui"))
    await expect(phone(other, rina).get_by_role("button", name="Setujui")).to_be_visible()

    await phone(one, rina).get_by_role("button", name="Setujui").click()
    await expect(phone(other, rina).get_by_role("button", name="Setujui")).to_have_attribute("aria-busy", "true")
    await answer_press(api, text="Sudah diputus.", show_alert=True)

    await expect(phone(one, rina).get_by_role("alertdialog")).to_contain_text("Sudah diputus.")
    await expect(phone(other, rina).get_by_role("status")).to_have_text("Sudah diputus.")
    await expect(phone(other, rina).get_by_role("alertdialog")).to_have_count(0)


async def test_the_newest_message_is_in_sight_until_somebody_scrolls_up(visit, api, rina, telegram):
    for name in ("Budi", "Dewi", "Eko", "Fitri"):
        await telegram.person(name)
    await telegram.rates(per_chat=1000, per_bot=1000)
    for number in range(20):
        last = await api("sendMessage", chat_id=rina.id, text=f"Pesan {number} dengan beberapa kata yang dilipat " * 3)
    page = await visit()
    await expect(shown(page, rina, last["message_id"])).to_be_in_viewport(ratio=1)

    await phone(page, rina).get_by_role("log").evaluate("log => log.scrollTo(0, 100)")
    await expect(phone(page, rina).get_by_role("button", name="To the newest message")).to_be_visible()
    newest = await api("sendMessage", chat_id=rina.id, text="Terbaru")
    await expect(shown(page, rina, newest["message_id"])).not_to_be_in_viewport()
    await phone(page, rina).get_by_role("button", name="To the newest message").click()

    await expect(shown(page, rina, newest["message_id"])).to_be_in_viewport(ratio=1)


async def test_typing_is_shown_until_the_message_comes(visit, api, rina):
    page = await visit()

    await api("sendChatAction", chat_id=rina.id, action="typing")
    await expect(phone(page, rina)).to_contain_text("Alur is typing…")
    await api("sendMessage", chat_id=rina.id, text="Selesai")

    await expect(phone(page, rina)).not_to_contain_text("Alur is typing…")


async def test_on_a_narrow_screen_one_phone_is_shown_and_the_others_tabs_count(visit, api, rina, telegram):
    budi = await telegram.person("Budi")
    await budi.send("/start")
    page = await visit(viewport=PHONE_SCREEN)
    tab = page.get_by_role("navigation", name="Phones").get_by_role("button", name="Budi")
    await expect(phone(page, rina)).to_be_visible()
    await expect(phone(page, budi)).to_be_hidden()

    await api("sendMessage", chat_id=budi.id, text="Senyap", disable_notification=True)
    await expect(tab).to_contain_text("1 unread, without sound")
    await api("sendMessage", chat_id=budi.id, text="Berbunyi")
    await expect(tab.locator(".badge")).to_have_text("2 unread")
    await tab.click()

    await expect(phone(page, budi)).to_be_visible()
    await expect(phone(page, rina)).to_be_hidden()
    await expect(tab.locator(".badge")).to_be_hidden()
    await page.reload()
    await expect(phone(page, budi)).to_be_visible()


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (1366, 768), (1440, 900), (1920, 1080)])
async def test_seven_phones_are_seen_at_once_whole_and_wide_enough(visit, telegram, width, height):
    people = [await telegram.person(name) for name in SEVEN]
    page = await visit(viewport={"width": width, "height": height})
    await expect(page.locator("section.phone")).to_have_count(len(people))

    boxes = [await phone(page, person).bounding_box() for person in people]

    for box in boxes:
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
        assert box["y"] + box["height"] <= height
        assert box["width"] >= 296
        assert box["height"] >= 240
    assert not [(one, other) for one, other in combinations(boxes, 2) if overlap(one, other)]
    assert await page.evaluate("document.documentElement.scrollWidth") == width
    for name in ("New person", "+1 day at 14.00"):
        await expect(page.get_by_role("button", name=name)).to_be_in_viewport(ratio=1)
    await expect(page.get_by_role("navigation", name="Phones")).to_be_hidden()  # there is nowhere to go to


def overlap(one, other):
    return all(
        one[start] < other[start] + other[size] and other[start] < one[start] + one[size]
        for start, size in (("x", "width"), ("y", "height"))
    )


async def test_the_phone_in_hand_is_the_tallest_of_its_column_and_none_changes_its_place(visit, telegram):
    people = [await telegram.person(name) for name in SEVEN]
    page = await visit(viewport=NOTEBOOK)
    wati, bima = people[0], people[4]  # one below the other

    async def boxes():
        return [await phone(page, person).bounding_box() for person in people]

    await phone(page, wati).get_by_label("Message to Alur").click()
    before = await boxes()
    await phone(page, bima).get_by_label("Message to Alur").click()
    after = await boxes()

    assert before[0]["height"] > 1.4 * before[4]["height"]
    assert after[4]["height"] > 1.4 * after[0]["height"]
    assert [box["x"] for box in before] == [box["x"] for box in after]
    assert after[0]["y"] < after[4]["y"]
    assert after[4]["y"] + after[4]["height"] == before[4]["y"] + before[4]["height"]


async def test_a_phone_that_rings_is_marked_until_somebody_turns_to_it(visit, api, telegram, rina):
    budi = await telegram.person("Budi")
    await budi.send("/start")
    page = await visit(viewport=NOTEBOOK)
    await phone(page, rina).get_by_label("Message to Alur").click()

    await api("sendMessage", chat_id=rina.id, text="Hasil perbuatan sendiri")
    await api("sendMessage", chat_id=budi.id, text="Senyap", disable_notification=True)
    await expect(phone(page, budi)).to_contain_text("Senyap")
    await expect(page.locator(".phone.called")).to_have_count(0)
    await api("sendMessage", chat_id=budi.id, text="Giliran Bapak")
    await expect(phone(page, budi)).to_have_class("phone called")
    await phone(page, budi).get_by_role("log").click()

    await expect(page.locator(".phone.called")).to_have_count(0)
    await expect(phone(page, budi)).to_have_class("phone chosen")


async def test_who_acts_elsewhere_is_no_longer_called(visit, api, telegram, rina):
    page = await visit(viewport=NOTEBOOK)
    await page.clock.install()
    await page.reload()
    await expect(phone(page, rina)).to_be_visible()
    await page.clock.run_for(11_000)  # since the page was opened with this phone in hand
    await api("sendMessage", chat_id=rina.id, text="Giliran Ibu")
    await expect(phone(page, rina)).to_have_class("phone chosen called")

    await rina.send("Baik")

    await expect(phone(page, rina)).to_have_class("phone chosen")


async def test_the_newest_message_stays_in_sight_when_the_page_changes_its_size(visit, api, telegram):
    people = [await telegram.person(name) for name in SEVEN]
    await asyncio.gather(*(person.send("/start") for person in people))
    page = await visit(viewport=NOTEBOOK)
    for person in people:
        await fill(api, telegram, person)
        newest = await api("sendMessage", chat_id=person.id, text="Terbaru")
        await expect(shown(page, person, newest["message_id"])).to_be_in_viewport(ratio=1)

    for width, height in ((1280, 720), (1920, 1080), (1440, 900)):
        await page.set_viewport_size({"width": width, "height": height})
        for person in people:
            await expect(phone(page, person).get_by_text("Terbaru")).to_be_in_viewport(ratio=1)


async def test_a_toast_leaves_the_name_of_the_phone_to_be_seen(visit, api, telegram, buttons):
    people = [await telegram.person(name) for name in SEVEN]
    await people[1].send("/start")
    page = await visit(viewport=NOTEBOOK)
    await api("getUpdates", offset=-1)
    await api("sendMessage", chat_id=people[1].id, text="Kartu", reply_markup=buttons("Setujui"))

    await phone(page, people[1]).get_by_role("button", name="Setujui").click()
    await answer_press(api, text="Persetujuan tercatat.")
    toast = phone(page, people[1]).get_by_role("status")
    await expect(toast).to_have_text("Persetujuan tercatat.")

    assert not overlap(await toast.bounding_box(), await phone(page, people[1]).locator(".head").bounding_box())


async def test_on_a_narrow_screen_nothing_of_the_bar_is_cut(visit, rina):
    page = await visit(viewport=PHONE_SCREEN)
    await expect(phone(page, rina)).to_be_visible()

    edges = await page.locator(".topbar :is(button, time, .connection)").evaluate_all(
        "all => all.map(each => each.getBoundingClientRect()).map(({left, right}) => [left, right])"
    )

    assert all(left >= 0 and right <= PHONE_SCREEN["width"] for left, right in edges)
    assert await page.evaluate("document.documentElement.scrollWidth") == PHONE_SCREEN["width"]


async def test_the_clock_is_shown_in_the_offices_time_and_moved_by_its_buttons(visit, telegram, rina):
    start = datetime(2030, 12, 6, 3, tzinfo=UTC)  # Friday, 12.00 in Jayapura
    await telegram.move_clock(start)
    days = (date(2030, 12, 6) + timedelta(days=ahead) for ahead in (0, 3, 4))
    await telegram.office_hours("Asia/Jayapura", {day: (time(7, 30), time(16)) for day in days})
    page = await visit()
    clock = page.get_by_role("group", name="Clock of the simulator")
    await expect(clock).to_contain_text("12:00")
    await expect(clock).to_contain_text("Fri, 6 Dec 2030 WIT")

    await clock.get_by_role("button", name="+1 hour").click()
    await expect(clock).to_contain_text("13:00")
    await clock.get_by_role("button", name="Next opening").click()
    await expect(clock).to_contain_text("Mon, 9 Dec 2030")
    await expect(clock).to_contain_text("07:30")
    await clock.get_by_role("button", name="Next working day").click()
    await expect(clock).to_contain_text("Tue, 10 Dec 2030")
    await clock.get_by_role("button", name="+1 day at 14.00").click()
    await expect(clock).to_contain_text("Wed, 11 Dec 2030")
    await expect(clock).to_contain_text("14:00")
    await clock.get_by_role("button", name="Next opening").click()
    await expect(page.get_by_role("alert")).to_have_text("no office hours are known after this day")


async def test_the_page_says_whether_the_bot_listens(visit, api):
    page = await visit()
    await expect(page.locator(".connection")).to_contain_text("Bot is not connected")

    poll = asyncio.create_task(api("getUpdates", timeout=10))
    await expect(page.locator(".connection")).to_have_text("Bot is connected")

    poll.cancel()


async def test_light_and_dark_follow_the_system_until_somebody_chooses(visit, rina):
    page = await visit(color_scheme="dark")
    await expect(phone(page, rina)).to_be_visible()
    scheme = "() => getComputedStyle(document.querySelector('.topbar')).backgroundColor"
    dark = await page.evaluate(scheme)

    await page.get_by_role("button", name="Dark or light").click()
    light = await page.evaluate(scheme)
    await page.reload()
    await expect(phone(page, rina)).to_be_visible()

    assert (dark, light) == ("rgb(23, 33, 43)", "rgb(255, 255, 255)")
    assert await page.evaluate(scheme) == light


async def test_everything_that_can_be_pressed_says_what_it_is(visit, api, rina, buttons, telegram):
    await telegram.add_sample("a.txt", b"isi", mime_type="text/plain")
    await telegram.group("Tim", [rina])
    await api("sendMessage", chat_id=rina.id, text="Kartu", reply_markup=buttons("Ya"))
    await api.document(rina.id)
    page = await visit()
    await expect(phone(page, rina).get_by_role("button", name="Ya")).to_be_visible()

    nameless = await page.evaluate(
        """() => [...document.querySelectorAll("button, a, input, select, textarea")]
            .filter(each => !(each.textContent.trim() || each.ariaLabel || each.labels?.length))
            .map(each => each.outerHTML)"""
    )

    assert nameless == []


async def test_the_page_goes_on_when_the_simulator_comes_back_and_begins_anew_with_another_world(chromium, tmp_path):
    kept = Options(data=tmp_path / "kept")
    async with pages_of(chromium) as (open_page, _):
        async with Simulator(kept) as first, SimulatorClient(first.url) as telegram:
            rina = await telegram.person("Rina")
            await rina.send("sebelum")
            page = await open_page(first.url)
            await expect(phone(page, rina)).to_contain_text("sebelum")
            port = int(first.url.rpartition(":")[2])
        await expect(page.locator(".connection")).to_have_text("No line to the simulator")

        async with Simulator(kept, port=port) as second, SimulatorClient(second.url) as telegram:
            (again,) = await telegram.people()
            await again.send("sesudah")
            await expect(phone(page, rina)).to_contain_text("sesudah")
            await expect(phone(page, rina)).to_contain_text("sebelum")

        async with Simulator(port=port) as third, SimulatorClient(third.url) as telegram:
            await telegram.person("Orang Lain")
            await expect(page.get_by_role("region", name="Phone of Orang Lain")).to_be_visible(timeout=10_000)
            await expect(phone(page, rina).get_by_text("sebelum")).to_have_count(0)


async def test_samples_that_were_sent_lie_last_and_say_so_and_the_drawer_shows_that_it_goes_on(visit, rina, telegram):
    names = [f"Berkas {number:02}.pdf" for number in range(16)]
    for name in names:
        await telegram.add_sample(name, b"%PDF", mime_type="application/pdf", note="langkah 2")
    page = await visit()
    drawer = phone(page, rina).get_by_role("group", name="Sample files")
    await phone(page, rina).get_by_role("button", name="Sample files").click()
    await expect(drawer).to_have_class("panel more")
    await expect(drawer.locator(".choice")).to_have_text(names)

    await drawer.get_by_role("button", name=names[0]).click()
    await expect(phone(page, rina).locator(".own .file-name")).to_have_text(names[0])
    await page.reload()
    await phone(page, rina).get_by_role("button", name="Sample files").click()

    await expect(drawer.locator(".choice")).to_have_text([*names[1:], names[0]])
    await expect(drawer.locator(".choice-note", has_text="sent")).to_have_text("✓ sent · langkah 2 · 4 B")
    await drawer.evaluate("panel => panel.scrollTo(0, panel.scrollHeight)")
    await expect(drawer).to_have_class("panel")
    await expect(drawer.get_by_role("button").last).to_be_in_viewport(ratio=1)


async def test_who_has_sent_a_sample_is_the_only_one_for_whom_it_lies_last(visit, rina, telegram):
    budi = await telegram.person("Budi")
    for name in ("Satu.pdf", "Dua.pdf"):
        await telegram.add_sample(name, b"%PDF", mime_type="application/pdf")
    page = await visit()

    await phone(page, rina).get_by_role("button", name="Sample files").click()
    await phone(page, rina).get_by_role("button", name="Satu.pdf").click()
    await expect(phone(page, rina).locator(".own .file-name")).to_have_text("Satu.pdf")
    await phone(page, budi).get_by_role("button", name="Sample files").click()

    await expect(phone(page, budi).locator(".panel .choice")).to_have_text(["Satu.pdf", "Dua.pdf"])
    await expect(phone(page, budi).get_by_text("sent")).to_have_count(0)


@pytest.mark.parametrize(("size", "said"), [(999, "999 B"), (19_072, "19,1 KB"), (1_040_000, "1 MB")])
async def test_sizes_are_written_as_the_bot_writes_them(visit, api, rina, size, said):
    page = await visit()

    await api.document(rina.id, b"x" * size)

    await expect(phone(page, rina).locator(".file-size")).to_have_text(f"{said} · Download")


async def test_a_long_name_and_what_a_person_is_are_shown_in_full(visit, telegram):
    about = "Tata Usaha Bagian Umum; menerima surat masuk, mencatat nomornya dan mengarsipkan berkas akhir"
    wati = await telegram.person("Ibu Wati Prasetyaningtyas Kusumawardhani", about=about)
    await wati.send("/start")
    page = await visit(viewport=PHONE_SCREEN)
    await expect(phone(page, wati).locator(".under")).to_have_text(about)

    cut = (
        await phone(page, wati)
        .locator("h2, .under")
        .evaluate_all("all => all.filter(each => each.scrollWidth > each.clientWidth).map(each => each.textContent)")
    )

    assert cut == []


async def test_what_is_in_sight_is_read_and_what_is_beside_the_screen_is_counted_until_one_goes_there(
    visit, api, rina, telegram
):
    people = [await telegram.person(name) for name in ("Budi", "Dewi", "Eko", "Fitri")]
    await asyncio.gather(*(person.send("/start") for person in people))
    page = await visit(viewport={"width": 760, "height": 480})  # two beside each other, and no room for three rows
    tabs = page.get_by_role("navigation", name="Phones")

    await api("sendMessage", chat_id=people[-1].id, text="Di luar layar")
    seen = await api("sendMessage", chat_id=rina.id, text="Di layar")
    await expect(shown(page, rina, seen["message_id"])).to_be_in_viewport()
    await expect(tabs.get_by_role("button", name="Fitri").locator(".badge")).to_have_text("1 unread")
    await expect(tabs.get_by_role("button", name="Rina").locator(".badge")).to_be_hidden()
    await expect(phone(page, rina).locator(".head .badge")).to_be_hidden()
    await phone(page, people[-1]).scroll_into_view_if_needed()

    await expect(tabs.get_by_role("button", name="Fitri").locator(".badge")).to_be_hidden()


async def fill(api, telegram, person):
    """More than one screen of messages."""
    await telegram.rates(per_chat=1000, per_bot=1000)
    for number in range(12):
        await api("sendMessage", chat_id=person.id, text=f"Pesan {number} dengan beberapa kata yang dilipat " * 3)


async def test_who_is_at_the_end_follows_also_after_an_alert(visit, api, rina, telegram, buttons):
    await fill(api, telegram, rina)
    card = await api("sendMessage", chat_id=rina.id, text="Kartu", reply_markup=buttons("Setujui"))
    page = await visit(viewport=PHONE_SCREEN)

    await phone(page, rina).get_by_role("button", name="Setujui").click()
    await answer_press(api, text="Sudah diputus.", show_alert=True)
    await phone(page, rina).get_by_role("alertdialog").get_by_role("button", name="OK").click()
    longer = "Kartu yang ditutup dan lebih panjang.\n" * 8
    await api("editMessageText", chat_id=rina.id, message_id=card["message_id"], text=longer)
    newest = [await api("sendMessage", chat_id=rina.id, text=f"Kabar {number}\n" * 5) for number in range(3)][-1]

    await expect(shown(page, rina, newest["message_id"])).to_be_in_viewport(ratio=1)
    await expect(phone(page, rina).locator(".to-end")).to_be_hidden()


async def test_who_has_scrolled_up_stays_there_and_a_button_counts_what_is_below(visit, api, rina, telegram):
    await fill(api, telegram, rina)
    page = await visit(viewport=PHONE_SCREEN)
    log = phone(page, rina).get_by_role("log")
    down = phone(page, rina).get_by_role("button", name="To the newest message")
    await log.evaluate("log => log.scrollTo(0, 100)")
    await expect(down).to_be_visible()
    await expect(down.locator(".badge")).to_be_hidden()

    for number in range(3):
        newest = await api("sendMessage", chat_id=rina.id, text=f"Kabar {number}")
    await expect(down.locator(".badge")).to_have_text("3 unread")
    assert await log.evaluate("log => log.scrollTop") == 100
    await down.click()

    await expect(shown(page, rina, newest["message_id"])).to_be_in_viewport(ratio=1)
    await expect(down).to_be_hidden()
    await expect(phone(page, rina).locator(".head .badge")).to_be_hidden()


async def test_what_comes_of_ones_own_act_is_followed_from_anywhere(visit, api, rina, telegram, buttons):
    card = await api("sendMessage", chat_id=rina.id, text="Kartu", reply_markup=buttons("Setujui"))
    await fill(api, telegram, rina)
    page = await visit(viewport=PHONE_SCREEN)
    await shown(page, rina, card["message_id"]).scroll_into_view_if_needed()
    await expect(phone(page, rina).get_by_role("button", name="To the newest message")).to_be_visible()

    await shown(page, rina, card["message_id"]).get_by_role("button", name="Setujui").click()
    await answer_press(api, text="Tercatat.")
    outcome = await api("sendMessage", chat_id=rina.id, text="Apa yang terjadi")
    await expect(shown(page, rina, outcome["message_id"])).to_be_in_viewport(ratio=1)
    await phone(page, rina).get_by_role("log").evaluate("log => log.scrollTo(0, 0)")
    await expect(phone(page, rina).get_by_role("button", name="To the newest message")).to_be_visible()
    await phone(page, rina).get_by_label("Message to Alur").fill("Tulisan sendiri")
    await page.keyboard.press("Enter")

    await expect(phone(page, rina).locator(".own").last).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize(
    ("between", "blank_lines"), [("\n", 0), ("\n\n", 1)], ids=["one newline is swallowed", "two make one blank line"]
)
async def test_a_quote_swallows_the_newline_on_either_side(visit, api, rina, between, blank_lines):
    page = await visit()
    text = f"<b>Atas</b>{between}<blockquote>kutipan</blockquote>{between}<i>bawah</i>"
    message = await api("sendMessage", chat_id=rina.id, text=text, parse_mode="HTML")
    await expect(shown(page, rina, message["message_id"])).to_contain_text("bawah")

    above, below, line = await shown(page, rina, message["message_id"]).evaluate(
        """message => {
            const [top, quote, bottom] = ["b", "blockquote", "i"].map(
                name => message.querySelector(name).getBoundingClientRect());
            const line = parseFloat(getComputedStyle(message.querySelector(".text")).lineHeight);
            return [quote.top - top.bottom, bottom.top - quote.bottom, line];
        }"""
    )

    assert [int(gap / line) for gap in (above, below)] == [blank_lines, blank_lines]


async def test_a_toast_goes_by_itself_clear_of_the_newest_buttons(visit, api, rina, telegram, buttons):
    page = await visit(viewport=PHONE_SCREEN)
    await page.clock.install()
    await page.reload()
    await fill(api, telegram, rina)
    await api("sendMessage", chat_id=rina.id, text="Kartu\n" * 40, reply_markup=buttons("Setujui"))
    button = phone(page, rina).get_by_role("button", name="Setujui")
    toast = phone(page, rina).get_by_role("status")

    await button.click()
    await answer_press(api, text="Persetujuan tercatat dan disampaikan. " * 5)
    await expect(toast).to_contain_text("Persetujuan tercatat")
    box, keys = await toast.bounding_box(), await button.bounding_box()
    assert box["y"] + box["height"] < keys["y"]
    await page.clock.run_for(4_000)
    await expect(toast).to_be_empty()


async def test_an_alert_stays_until_it_is_closed(visit, api, rina, buttons):
    page = await visit()
    await page.clock.install()
    await page.reload()
    await api("sendMessage", chat_id=rina.id, text="Kartu", reply_markup=buttons("Setujui"))

    await phone(page, rina).get_by_role("button", name="Setujui").click()
    await answer_press(api, text="Sudah diputus.", show_alert=True)
    await expect(phone(page, rina).get_by_role("alertdialog")).to_contain_text("Sudah diputus.")
    await page.clock.run_for(60_000)
    await expect(phone(page, rina).get_by_role("alertdialog")).to_contain_text("Sudah diputus.")
