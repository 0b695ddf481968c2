//! The fake of ZAFA PAY, spoken to over HTTP.

mod calls;
#[path = "../common/mod.rs"]
mod common;
mod events;
mod holds;
mod http;
mod payments;
mod refunds;
mod saved_cards;
mod tokens;
