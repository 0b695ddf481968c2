//! The fake of AppotaPay, spoken to over HTTP.

mod calls;
mod cards;
#[path = "../common/mod.rs"]
mod common;
mod holds;
mod http;
mod payments;
mod refunds;
mod signing;
mod three_ds;
mod wallet;
