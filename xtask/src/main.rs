//! The house's chores: `cargo xtask generate`, `explain`, `bundle`, `demo`.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use clap::{Parser, Subcommand};
use xtask::generate::{Failure, Generated};
use xtask::{bundle, demo, explain, file, generate};

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
    /// Make the clients anew and drive payments through them against the sandbox
    Demo,
}

fn main() -> ExitCode {
    let root = root();
    let done = match Arguments::parse().chore {
        Chore::Generate { check: true, providers } => check(&root, &providers),
        Chore::Generate { check: false, providers } => write(&root, &providers),
        Chore::Explain { provider, operation } => one(&root, &provider).and_then(|generated| {
            print!("{}", explain::explain(&generated, &operation).map_err(Failure::NotThere)?);
            Ok(true)
        }),
        Chore::Bundle { provider } => one(&root, &provider).and_then(|generated| {
            let bundled = bundle::bundle(&generated.document, &generated.examples);
            print!("{}", bundled.map_err(|error| error.to_string())?);
            Ok(true)
        }),
        Chore::Demo => write(&root, &[])
            .and_then(|_| Ok(demo::run(&root)?.iter().all(std::process::ExitStatus::success))),
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
    generate::generate(&generate::read(root, provider)?)
}

/// Runs the stages for some or all providers, and hands each result to `then`.
fn each(
    root: &Path,
    providers: &[String],
    mut then: impl FnMut(&str, &Generated, Instant) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let all = generate::providers(root)?;
    let chosen = if providers.is_empty() { &all[..] } else { providers };
    for provider in chosen {
        let began = Instant::now();
        let generated = one(root, provider)?;
        then(provider, &generated, began)?;
    }
    Ok(())
}

fn write(root: &Path, providers: &[String]) -> Result<bool, Failure> {
    each(root, providers, |provider, generated, began| {
        let changes = file::compare(root, &generated.files, &generate::owned(provider))?;
        file::apply(root, &generated.files, &changes)?;
        for (path, _) in &changes.write {
            println!("  wrote   {}", path.display());
        }
        for path in &changes.delete {
            println!("  deleted {}", path.display());
        }
        let operations: usize =
            generated.plan.modules.iter().map(|module| module.operations.len()).sum();
        println!(
            "{provider}: {operations} operations, {} files, {} written, {} ms",
            generated.files.len(),
            changes.write.len(),
            began.elapsed().as_millis(),
        );
        Ok(())
    })?;
    Ok(true)
}

fn check(root: &Path, providers: &[String]) -> Result<bool, Failure> {
    let mut same = true;
    each(root, providers, |provider, generated, _| {
        let changes = file::compare(root, &generated.files, &generate::owned(provider))?;
        for (_, diff) in &changes.write {
            println!("{diff}");
        }
        for path in &changes.delete {
            println!("left over: {}", path.display());
        }
        same &= changes.is_empty();
        Ok(())
    })?;
    if !same {
        println!("What is committed is not what the generator makes. Run: {REGENERATE}");
    }
    Ok(same)
}
