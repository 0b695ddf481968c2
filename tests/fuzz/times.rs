//! Any text as a time, and the forms of any moment: they are the same moment, by another calendar.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use kessai_appotapay::moment;
use kessai_core::{EpochMillis, Timestamp};

use super::input::{Input, joined};

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

pub fn run(bytes: &[u8]) {
    let mut input = Input::new(bytes);
    let fields: [u16; 6] = std::array::from_fn(|_| input.number());
    let millis = i64::from_be_bytes(std::array::from_fn(|_| input.byte()));
    let text = input.text();
    let _ = moment(&text);
    if let Some(time) = Timestamp::from(&*text).to_system_time() {
        round(time, &text);
        assert_eq!(moment(text.trim()), Some(time), "{text}");
    }
    if let Some(time) = EpochMillis::new(millis).to_system_time() {
        assert_eq!(EpochMillis::from(time).get(), millis);
        round(time, &text);
    }
    forms(fields);
}

/// What is written of a moment is that moment, as far as four digits for the year go.
fn round(time: SystemTime, text: &str) {
    let written = Timestamp::from(time);
    let read = written.to_system_time().expect("it was written");
    let last = UNIX_EPOCH + Duration::from_secs(253_402_300_800);
    let first = UNIX_EPOCH - Duration::from_secs(62_167_219_200);
    if (first..last).contains(&time) {
        assert_eq!(read, time, "{text} is written as {written}");
    }
}

/// A date and a time of day in every form, against the calendar of another crate.
fn forms(fields: [u16; 6]) {
    let [year, month, day, hour, minute, second] = fields;
    let (year, month, day) = (1970 + year % 8030, 1 + month % 12, 1 + day % 31);
    let (hour, minute, second) = (hour % 24, minute % 60, second % 60);
    let name = MONTHS[usize::from(month - 1)];
    let date = format!("{day:02} {name} {year} {hour:02}:{minute:02}:{second:02} GMT");
    // It takes the one day of the week that is right, and no day that a month does not have.
    let parse = |of_week| httpdate::parse_http_date(&format!("{of_week}, {date}")).ok();
    let expected = DAYS.iter().find_map(parse);
    let time = format!("{hour:02}:{minute:02}:{second:02}");
    let utc = Timestamp::from(format!("{year}-{month:02}-{day:02}T{time}Z")).to_system_time();
    assert_eq!(utc, expected, "{date}");
    let Some(utc) = utc else { return };
    let behind = Duration::from_secs(7 * 3600);
    let there = utc.checked_sub(behind);
    for text in [
        format!("{year}-{month:02}-{day:02}T{time}+07:00"),
        format!("{year}-{month:02}-{day:02}T{time}"),
        format!("{year}-{month:02}-{day:02} {time}.000"),
        format!("{day:02}-{month:02}-{year} {time}"),
        format!("{time} {day:02}/{month:02}/{year} GMT+7"),
    ] {
        assert_eq!(moment(&text), there, "{text}");
    }
    let seconds = utc.duration_since(UNIX_EPOCH).expect("after 1970").as_secs();
    if seconds > 9999 {
        assert_eq!(moment(&seconds.to_string()), Some(utc), "{date}");
    }
}

pub fn seeds() -> Vec<Vec<u8>> {
    let texts: [&[u8]; 9] = [
        b"2018-12-05T07:40:30.817+09:00",
        b"2024-06-25T07:12:15.16452Z",
        b"0000-01-01T00:00:60+23:59",
        b"9999-12-31T23:59:59.999999999-23:59",
        b"2026-11-21 10:22:07.000",
        b"21-11-2026 10:22:07",
        b"10:22:07 21/11/2026 GMT+7",
        b"1795231327",
        "2024-02-29T٣".as_bytes(),
    ];
    let seed = |(at, text): (u8, &&[u8])| {
        let at = at.wrapping_mul(29);
        joined(&[0, at, 0, at, 0, at, 0, at, 0, at, 0, at, 0, 0, 0, at, at, at, at, at], &[text])
    };
    (0..).zip(&texts).map(seed).collect()
}
