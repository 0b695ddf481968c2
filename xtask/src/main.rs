//! The house's chores: `cargo xtask generate`, `explain`, `bundle`, `coverage`, `demo`, `fuzz`.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use clap::{Parser, Subcommand};
use xtask::file::Files;
use xtask::generate::{Failure, Generated};
use xtask::{bundle, coverage, demo, explain, file, fuzz, generate};

/// What to run when what is generated and what is committed differ.
const REGENERATE: &str = "cargo xtask generate";

#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", about = "The house's chores")]
struct Arguments {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Subcommand)]
enum Chore {
    /// Make the clients from the specifications
    Generate {
        /// Write nothing; print what would change and fail if anything would
        #[arg(long)]
        check: bool,
        /// Only these providers
        providers: Vec<String>,
    },
    /// Show what every stage makes of one operation
    Explain {
        /// Such as `elepay`
        provider: String,
        /// Such as `capture_charge`
        operation: String,
    },
    /// Print the joined document of a provider: plain OpenAPI 3.0 in one file
    Bundle {
        /// Such as `elepay`
        provider: String,
    },
    /// Run the tests that cover a provider, then say what they cover and what is known only in part
    Coverage {
        /// Such as `elepay`
        provider: String,
    },
    /// Make the clients anew and drive payments through them against the sandbox
    Demo,
    /// Give what reads foreign bytes any bytes, and keep those that reach something new
    Fuzz {
        /// Keep nothing; only fail if something is found
        #[arg(long)]
        check: bool,
        /// How long, for each target
        #[arg(long, default_value_t = 60)]
        seconds: u32,
        /// Only this one, such as `answers`
        #[arg(long)]
        target: Option<String>,
    },
}

fn main() -> ExitCode {
    let root = root();
    let done = match Arguments::parse().chore {
        Chore::Generate { check: true, providers } => check(&root, &providers),
        Chore::Generate { check: false, providers } => write(&root, &providers),
        Chore::Explain { provider, operation } => one(&root, &provider).and_then(|generated| {
            say(explain::explain(&generated, &operation).map_err(Failure::NotThere)?.trim_end());
            Ok(true)
        }),
        Chore::Bundle { provider } => one(&root, &provider).and_then(|generated| {
            let bundled = bundle::bundle(&generated.document, &generated.examples);
            say(bundled.map_err(|error| error.to_string())?.trim_end());
            Ok(true)
        }),
        Chore::Coverage { provider } => one(&root, &provider).and_then(|generated| {
            let tested = coverage::test(&root)?;
            let coverage = coverage::coverage(&root, &provider, &generated)?;
            say(coverage.text.trim_end());
            Ok(tested && coverage.whole)
        }),
        Chore::Demo => write(&root, &[])
            .and_then(|_| Ok(demo::run(&root)?.iter().all(std::process::ExitStatus::success))),
        Chore::Fuzz { check, seconds, target } => {
            let done = fuzz::run(&root, &fuzz::Settings { seconds, target, check });
            done.map_err(Failure::from).map(|(table, is_sound)| {
                say(table.trim_end());
                is_sound
            })
        }
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(failure) => {
            eprintln!("{failure}");
            ExitCode::FAILURE
        }
    }
}

/// The repository: the folder above this package.
fn root() -> PathBuf {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    package.parent().unwrap_or(package).to_owned()
}

fn one(root: &Path, provider: &str) -> Result<Generated, Failure> {
    let known = generate::providers(root)?;
    if !known.iter().any(|name| name == provider) {
        let known = known.join(", ");
        return Err(Failure::NotThere(format!("no provider `{provider}`; there are {known}")));
    }
    let manifest = generate::crate_folder(provider).join("Cargo.toml");
    if !file::exists(root, &manifest) {
        // A folder in crates/ without a manifest stops every cargo command, this one too.
        return Err(Failure::NotThere(format!(
            "{} is missing: write the crate's hand-written files first, as crates/kessai-elepay has \
             them",
            manifest.display()
        )));
    }
    generate::generate(&generate::read(root, provider)?)
}

/// What the chosen providers are made of, or all of them.
struct Made {
    files: Files,
    owned: Vec<PathBuf>,
}

fn make(root: &Path, providers: &[String]) -> Result<Made, Failure> {
    let all = generate::providers(root)?;
    let mut made = Made { files: Files::new(), owned: Vec::new() };
    for provider in if providers.is_empty() { &all[..] } else { providers } {
        let began = Instant::now();
        let generated = one(root, provider)?;
        let operations: usize =
            generated.plan.modules.iter().map(|module| module.operations.len()).sum();
        say(&format!(
            "{provider}: {operations} operations, {} files, {} ms",
            generated.files.len(),
            began.elapsed().as_millis(),
        ));
        made.files.extend(generated.files);
        made.owned.extend(generate::owned(provider));
    }
    if providers.is_empty() {
        made.owned.extend(generate::shared());
    }
    Ok(made)
}

fn write(root: &Path, providers: &[String]) -> Result<bool, Failure> {
    let made = make(root, providers)?;
    let changes = file::compare(root, &made.files, &made.owned)?;
    file::apply(root, &made.files, &changes)?;
    for (path, _) in &changes.write {
        say(&format!("  wrote   {}", path.display()));
    }
    for path in &changes.delete {
        say(&format!("  deleted {}", path.display()));
    }
    if changes.is_empty() {
        say("  nothing to write");
    }
    Ok(true)
}

fn check(root: &Path, providers: &[String]) -> Result<bool, Failure> {
    let made = make(root, providers)?;
    let changes = file::compare(root, &made.files, &made.owned)?;
    for (_, diff) in &changes.write {
        say(diff);
    }
    for path in &changes.delete {
        say(&format!("left over: {}", path.display()));
    }
    if !changes.is_empty() {
        say(&format!("What is committed is not what the generator makes. Run: {REGENERATE}"));
    }
    Ok(changes.is_empty())
}

/// Prints a line. A reader that has gone away, such as `head`, is no fault.
fn say(line: &str) {
    let _ = writeln!(io::stdout(), "{line}");
}
