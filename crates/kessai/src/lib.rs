#![doc = include_str!("../README.md")]

#[cfg(feature = "elepay")]
pub use kessai_elepay as elepay;

pub use kessai_core::{Call, Error, Id, Limits, Outcome, Refusal, Response, Secret};
