//! Times as AppotaPay writes them, always by the clocks of Vietnam, seven hours ahead of UTC.

use crate::calendar::iso;

const AHEAD_MS: i64 = 7 * 60 * 60 * 1000;

/// A time in milliseconds since 1970, such as `2026-07-20T09:34:59+07:00`.
pub(super) fn rfc3339(ms: i64) -> String {
    format!("{}+07:00", local(ms))
}

/// The same without the offset, such as `2026-07-20T09:34:59`.
pub(super) fn local(ms: i64) -> String {
    let mut text = iso(ms.saturating_add(AHEAD_MS));
    text.truncate(text.len() - ".000Z".len());
    text
}

/// A time as `dd-MM-yyyy HH:mm:ss`.
pub(super) fn day_first(ms: i64) -> String {
    let local = local(ms);
    let (date, time) = local.split_once('T').unwrap_or_default();
    let mut parts = date.rsplitn(3, '-');
    let mut part = || parts.next().unwrap_or_default();
    format!("{}-{}-{} {time}", part(), part(), part())
}

/// Whole seconds since 1970.
pub(super) fn seconds(ms: i64) -> i64 {
    ms.div_euclid(1000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_begins_in_vietnam_while_it_is_still_evening_in_greenwich() {
        let evening = 1_784_592_000_000 - 6 * 60 * 60 * 1000 - 1;
        assert_eq!(rfc3339(evening), "2026-07-21T00:59:59+07:00");
        assert_eq!(local(evening), "2026-07-21T00:59:59");
        assert_eq!(day_first(evening), "21-07-2026 00:59:59");
        assert_eq!(seconds(1999), 1);
    }
}
