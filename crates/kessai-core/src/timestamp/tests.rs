//! Tests of moments as texts.

use super::*;

fn moment(text: &str) -> SystemTime {
    Timestamp::from(text).to_system_time().unwrap_or_else(|| panic!("{text} is a moment"))
}

#[test]
fn moments_are_counted_from_1970() {
    for (text, expected) in [
        ("1970-01-01T00:00:00Z", 0),
        ("1969-12-31T23:59:59Z", -1),
        ("2000-02-29T00:00:00Z", 951_782_400),
        ("2000-03-01T00:00:00Z", 951_868_800),
        ("1900-03-01T00:00:00Z", -2_203_891_200),
        ("2018-12-04T22:40:30Z", 1_543_963_230),
        ("2038-01-19T03:14:08Z", 2_147_483_648),
        ("0000-01-01T00:00:00Z", WRITTEN[0]),
        ("9999-12-31T23:59:59Z", WRITTEN[1]),
    ] {
        assert_eq!(parse(text), Some((expected, 0)), "{text}");
    }
}

#[test]
fn every_day_of_the_calendar_comes_after_the_day_before() {
    let mut expected = days(0, 1, 1);
    for year in 0..=2400 {
        for month in 1..=12 {
            for day in 1..=days_in(year, month) {
                assert_eq!(days(year, month, day), expected);
                assert_eq!(civil(expected), (year, month, day));
                expected += 1;
            }
        }
    }
}

#[test]
fn leap_years_are_those_of_the_calendar() {
    assert!(parse("2024-02-29T00:00:00Z").is_some());
    assert!(parse("2000-02-29T00:00:00Z").is_some());
    assert_eq!(parse("2023-02-29T00:00:00Z"), None);
    assert_eq!(parse("1900-02-29T00:00:00Z"), None);
}

#[test]
fn offsets_count_from_where_the_clock_hangs() {
    let noon = moment("2024-06-25T12:00:00Z");
    for text in [
        "2024-06-25T21:00:00+09:00",
        "2024-06-25T06:30:00-05:30",
        "2024-06-26T11:59:00+23:59",
        "2024-06-25T12:00:00+00:00",
        "2024-06-25T12:00:00-00:00",
    ] {
        assert_eq!(moment(text), noon, "{text}");
    }
    assert_eq!(parse("1970-01-01T08:59:59.5+09:00"), Some((-1, 500_000_000)));
}

#[test]
fn a_fraction_has_up_to_nine_digits() {
    for (fraction, nanos) in [
        ("", 0),
        (".5", 500_000_000),
        (".16452", 164_520_000),
        (".817", 817_000_000),
        (".000000001", 1),
        (".999999999", 999_999_999),
    ] {
        let text = format!("2024-06-25T07:12:15{fraction}Z");
        assert_eq!(parse(&text), Some((1_719_299_535, nanos)), "{text}");
    }
    assert_eq!(
        moment("1969-12-31T23:59:58.25Z"),
        UNIX_EPOCH - Duration::from_millis(1750),
        "the fraction goes forward before 1970 too"
    );
}

#[test]
fn a_leap_second_is_the_first_of_the_next_minute() {
    assert_eq!(moment("2016-12-31T23:59:60Z"), moment("2017-01-01T00:00:00Z"));
}

#[test]
fn what_is_not_a_moment_is_none_and_stays_as_it_is() {
    for text in [
        "",
        "T",
        "yesterday",
        "1719299535",
        "2024-06-25",
        "2024-06-25T07:12:15",
        "2024-06-25T07:12:15.5",
        "2024-06-25T07:12Z",
        "2024-06-25T07:12:15.Z",
        "2024-06-25T07:12:15.1234567890Z",
        "2024-06-25T07:12:15+9:00",
        "2024-06-25T07:12:15+09",
        "2024-06-25T07:12:15+24:00",
        "2024-06-25T07:12:15+09:60",
        "2024-06-25T07:12:15+09:00Z",
        "2024-06-25T07:12:61Z",
        "2024-06-25T07:60:00Z",
        "2024-06-25T24:00:00Z",
        "2024-06-31T00:00:00Z",
        "2024-13-01T00:00:00Z",
        "2024-00-01T00:00:00Z",
        "2024-01-00T00:00:00Z",
        "24-06-25T07:12:15Z",
        "+2024-06-25T07:12:15Z",
        "2024-06-25 07:12:15Z",
        "2024-06-25T07:12:+5Z",
        "2024-06-2５T07:12:15Z",
        "2024-06-25T07:12:15.½Z",
        "2024-06-25T07:12:15Z ",
    ] {
        let kept = Timestamp::from(text);
        assert_eq!(kept.to_system_time(), None, "{text}");
        assert_eq!(kept.as_str(), text);
    }
}

#[test]
fn a_moment_is_written_in_utc_and_read_back() {
    for text in [
        "1970-01-01T00:00:00Z",
        "1969-12-31T23:59:59.999999999Z",
        "1969-12-31T23:59:59Z",
        "1600-02-29T12:34:56.5Z",
        "2024-06-25T07:12:15.16452Z",
        "9999-12-31T23:59:59.1Z",
        "0000-01-01T00:00:00Z",
    ] {
        assert_eq!(Timestamp::from(moment(text)).as_str(), text);
    }
    let far = UNIX_EPOCH + Duration::from_secs(1 << 40);
    assert_eq!(Timestamp::from(far).as_str(), "9999-12-31T23:59:59Z");
}

#[test]
fn it_is_a_text_on_the_wire_and_in_print() {
    let text = r#""2024-06-25T07:12:15.160Z""#;
    let read: Timestamp = serde_json::from_str(text).expect("a text");
    assert_eq!(serde_json::to_string(&read).expect("JSON"), text);
    assert_eq!(format!("{read:?}"), "Timestamp(2024-06-25T07:12:15.160Z)");
    assert_ne!(read, Timestamp::from("2024-06-25T07:12:15.16Z"), "another text");
    assert!(serde_json::from_str::<Timestamp>("1719299535").is_err());
}
