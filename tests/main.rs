//! One test binary for what no crate can test by itself: the generator's output, the bytes on the
//! wire, what is read back, what errors say, and whole lives of payments against the sandbox.

mod answered;
mod appotapay;
mod canaries;
mod certain;
mod choices;
mod clock;
mod disk;
mod document;
mod example;
mod fuzz;
#[rustfmt::skip]
mod generated;
mod grid;
mod house;
mod keys;
mod looks;
mod modules;
mod network;
mod outcomes;
mod pages;
mod provider;
mod reading;
mod refused;
mod repeats;
mod script;
mod secrecy;
mod soak;
mod stories;
mod traces;
mod univapay;
mod webhooks;
mod wire;
