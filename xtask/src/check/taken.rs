//! Names that somebody has already: the language, its prelude, and the code around ours.

/// Words of Rust, those it keeps for later too.
const KEYWORDS: [&str; 52] = [
    "Self", "abstract", "as", "async", "await", "become", "box", "break", "const", "continue",
    "crate", "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if",
    "impl", "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub",
    "ref", "return", "self", "static", "struct", "super", "trait", "true", "try", "type", "typeof",
    "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// What generated modules import or show in their examples.
const OURS: [&str; 31] = [
    "Arguments",
    "BTreeMap",
    "Call",
    "Choice",
    "Client",
    "ClientBuilder",
    "Decimal",
    "Decode",
    "EpochMillis",
    "Error",
    "Id",
    "Items",
    "Json",
    "Limits",
    "Map",
    "Operation",
    "Outcome",
    "Page",
    "Patch",
    "PublishableClient",
    "PublishableKey",
    "Refusal",
    "Rejected",
    "Response",
    "Secret",
    "SecretKey",
    "Timestamp",
    "Transport",
    "Unknown",
    "Unreadable",
    "Value",
];

/// What every file of Rust has without asking.
const PRELUDE: [&str; 43] = [
    "AsMut",
    "AsRef",
    "Box",
    "Clone",
    "Copy",
    "Debug",
    "Default",
    "DoubleEndedIterator",
    "Drop",
    "Eq",
    "Err",
    "ExactSizeIterator",
    "Extend",
    "Fn",
    "FnMut",
    "FnOnce",
    "From",
    "FromIterator",
    "Future",
    "Hash",
    "Into",
    "IntoFuture",
    "IntoIterator",
    "Iterator",
    "None",
    "Ok",
    "Option",
    "Ord",
    "PartialEq",
    "PartialOrd",
    "Result",
    "Self",
    "Send",
    "Sized",
    "Some",
    "String",
    "Sync",
    "ToOwned",
    "ToString",
    "TryFrom",
    "TryInto",
    "Unpin",
    "Vec",
];

/// Modules and methods that every provider's crate has beside the generated ones.
const MODULES: [&str; 15] = [
    "alloc",
    "builder",
    "client",
    "core",
    "engine",
    "generated",
    "ids",
    "kessai_core",
    "lib",
    "main",
    "new",
    "refusal",
    "sign",
    "std",
    "webhook",
];

/// Whether Rust has another use for a word.
pub(super) fn is_keyword(name: &str) -> bool {
    KEYWORDS.contains(&name)
}

/// Whether a type cannot be called so.
pub(super) fn is_type(name: &str) -> bool {
    OURS.contains(&name) || PRELUDE.contains(&name)
}

/// Whether a type that is read or written cannot; to the macros a single letter is any type.
pub(super) fn is_written(name: &str) -> bool {
    name.len() == 1 || is_type(name)
}

/// Whether a variant cannot be called so: `Other` is the open one, and `Self` a word of Rust.
pub(super) fn is_open_variant(name: &str) -> bool {
    ["Other", "Self"].contains(&name)
}

/// Whether a module cannot be called so.
pub(super) fn is_module(name: &str) -> bool {
    MODULES.contains(&name)
}
