//! The target `callbacks` under libFuzzer.

#![no_main]

libfuzzer_sys::fuzz_target!(init: kessai_fuzz::begin("callbacks"), |bytes: &[u8]| kessai_fuzz::fuzz::callbacks::run(bytes));
