//! Moments as providers write them.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A moment, in milliseconds since the beginning of 1970 (UTC).
///
/// ```
/// use std::time::{Duration, UNIX_EPOCH};
/// use kessai_core::EpochMillis;
///
/// let paid = EpochMillis::new(1_543_944_030_817);
/// assert_eq!(paid.to_system_time(), Some(UNIX_EPOCH + Duration::from_millis(1_543_944_030_817)));
/// ```
#[derive(Clone, Copy, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct EpochMillis(i64);

impl EpochMillis {
    /// The moment `millis` milliseconds after the beginning of 1970.
    #[must_use]
    pub const fn new(millis: i64) -> Self {
        Self(millis)
    }

    /// This moment, by the clock of this machine.
    #[must_use]
    pub fn now() -> Self {
        SystemTime::now().into()
    }

    /// Milliseconds since the beginning of 1970.
    #[must_use]
    pub const fn get(self) -> i64 {
        self.0
    }

    /// The same moment for the standard library; `None` where that cannot hold it.
    #[must_use]
    pub fn to_system_time(self) -> Option<SystemTime> {
        let distance = Duration::from_millis(self.0.unsigned_abs());
        if self.0 < 0 { UNIX_EPOCH.checked_sub(distance) } else { UNIX_EPOCH.checked_add(distance) }
    }
}

impl From<SystemTime> for EpochMillis {
    /// Rounds towards 1970; a moment hundreds of millions of years away becomes the nearest that
    /// fits.
    fn from(time: SystemTime) -> Self {
        match time.duration_since(UNIX_EPOCH) {
            Ok(after) => Self(i64::try_from(after.as_millis()).unwrap_or(i64::MAX)),
            Err(before) => Self(
                i64::try_from(before.duration().as_millis()).map_or(i64::MIN, |millis| -millis),
            ),
        }
    }
}

impl Serialize for EpochMillis {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_i64(self.0)
    }
}

impl<'de> Deserialize<'de> for EpochMillis {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        i64::deserialize(deserializer).map(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_the_same_for_the_standard_library_and_back() {
        for millis in [0, 1, -1, 1_543_944_030_817, -86_400_000] {
            let moment = EpochMillis::new(millis);
            let time = moment.to_system_time().expect("a near one");
            assert_eq!((moment.get(), EpochMillis::from(time)), (millis, moment));
            let ahead = time >= UNIX_EPOCH;
            assert_eq!(ahead, millis >= 0, "{millis}");
        }
        let second = Duration::from_secs(1);
        assert_eq!(EpochMillis::new(-1000).to_system_time(), Some(UNIX_EPOCH - second));
    }

    #[test]
    fn what_is_left_of_a_millisecond_is_cut_off_towards_1970() {
        let part = Duration::from_micros(1999);
        assert_eq!(EpochMillis::from(UNIX_EPOCH + part), EpochMillis::new(1));
        assert_eq!(EpochMillis::from(UNIX_EPOCH - part), EpochMillis::new(-1));
    }

    #[test]
    fn now_is_by_the_clock_of_this_machine() {
        let before = EpochMillis::from(SystemTime::now());
        let now = EpochMillis::now();
        assert!(before <= now && now <= SystemTime::now().into(), "{now:?}");
    }

    #[test]
    fn it_is_written_and_read_as_a_number() {
        let moment = EpochMillis::new(-7);
        assert_eq!(serde_json::to_string(&moment).expect("JSON"), "-7");
        assert_eq!(serde_json::from_str("-7").ok(), Some(moment));
        assert!(serde_json::from_str::<EpochMillis>("7.5").is_err());
    }
}
