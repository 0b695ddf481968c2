//! Fuzz targets: each takes any bytes, and panics if something does not hold of them.
//!
//! `tests/fuzz` has the programs that put them under libFuzzer (`cargo xtask fuzz`), and what was
//! found that way and is kept. Here it is played again, with Rust alone.

pub mod answers;
pub mod callbacks;
pub mod canonical;
mod clients;
pub mod decimals;
pub mod depth;
pub mod errors;
pub mod headers;
mod input;
mod line;
pub mod pages;
pub mod queries;
#[cfg(test)]
mod replay;
pub mod retry_after;
pub mod times;
pub mod webhooks;

/// One of them.
pub struct Target {
    pub name: &'static str,
    pub run: fn(&[u8]),
    /// What to begin with.
    pub seeds: fn() -> Vec<Vec<u8>>,
}

macro_rules! targets {
    ($($name:ident),* $(,)?) => {
        /// All of them.
        pub const TARGETS: &[Target] = &[$(Target {
            name: stringify!($name),
            run: $name::run,
            seeds: $name::seeds,
        }),*];

        #[cfg(test)]
        mod replayed {
            $(#[test]
            fn $name() {
                let of = |target: &&super::Target| target.name == stringify!($name);
                super::replay::replay(super::TARGETS.iter().find(of).expect("a target"));
            })*
        }
    };
}

targets!(
    answers,
    callbacks,
    canonical,
    decimals,
    depth,
    errors,
    headers,
    pages,
    queries,
    retry_after,
    times,
    webhooks,
);
