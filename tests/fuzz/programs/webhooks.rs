//! The target `webhooks` under libFuzzer.

#![no_main]

libfuzzer_sys::fuzz_target!(init: kessai_fuzz::begin("webhooks"), |bytes: &[u8]| kessai_fuzz::fuzz::webhooks::run(bytes));
