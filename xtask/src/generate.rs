//! The stages, one after the other.

use std::collections::BTreeMap;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use crate::document::{Node, Place};
use crate::examples::{self, Example};
use crate::expand::{self, Expanded};
use crate::file::{self, Files};
use crate::load::{self, Document, Source};
use crate::module::Module;
use crate::normalise::normalise;
use crate::plan::{self, Plan};
use crate::refusal::{Refusal, Refusals};
use crate::seen::{self, seen};
use crate::shape::{self, Model};
use crate::{bundle, check, print};

/// What the generator is given of one provider.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    /// The provider's name.
    pub provider: String,
    /// The parts of its specification.
    pub parts: Vec<Source>,
    /// Its examples.
    pub examples: Vec<Source>,
}

/// What every stage made of one provider.
#[derive(Debug)]
pub struct Generated {
    /// After `load`.
    pub document: Document,
    /// The examples, by operation.
    pub examples: BTreeMap<String, Example>,
    /// After `plan`.
    pub plan: Plan,
    /// What progenitor was given.
    pub normalised: Node,
    /// What progenitor made of it.
    pub expanded: Expanded,
    /// After `shape`.
    pub modules: Vec<Module>,
    /// After `print`.
    pub files: Files,
}

/// Why nothing was generated.
#[derive(Debug)]
pub enum Failure {
    /// The specification is not in the house dialect.
    Refused(Refusals),
    /// A stage found what the stages before should have refused.
    Stage(String),
    /// What was asked for does not exist.
    NotThere(String),
    /// The disk.
    Disk(io::Error),
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(refusals) => refusals.fmt(f),
            Self::Stage(what) => write!(f, "the generator failed: {what}"),
            Self::NotThere(what) => f.write_str(what),
            Self::Disk(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for Failure {}

impl From<Refusals> for Failure {
    fn from(refusals: Refusals) -> Self {
        Self::Refused(refusals)
    }
}

impl From<String> for Failure {
    fn from(what: String) -> Self {
        Self::Stage(what)
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Disk(error)
    }
}

/// The providers that have a specification below `root`.
///
/// # Errors
///
/// If the disk cannot be read.
pub fn providers(root: &Path) -> io::Result<Vec<String>> {
    file::folders(&root.join("specs"))
}

/// Reads the specification of a provider from below `root`.
///
/// # Errors
///
/// If the disk cannot be read.
pub fn read(root: &Path, provider: &str) -> io::Result<Sources> {
    let folder = root.join("specs").join(provider);
    let sources = |folder: &Path, prefix: &str| -> io::Result<Vec<Source>> {
        let texts = file::read_yaml(folder)?;
        let source = |(name, text)| Source { file: format!("{prefix}/{name}"), text };
        Ok(texts.into_iter().map(source).collect())
    };
    Ok(Sources {
        provider: provider.to_owned(),
        parts: sources(&folder, provider)?,
        examples: sources(&folder.join("examples"), &format!("{provider}/examples"))?,
    })
}

/// Runs every stage but the disk.
///
/// # Errors
///
/// If the specification is refused, or a stage fails.
pub fn generate(sources: &Sources) -> Result<Generated, Failure> {
    if sources.parts.is_empty() {
        let provider = &sources.provider;
        return Err(Failure::NotThere(format!("specs/{provider} holds no specification")));
    }
    let document = load::load(&sources.parts)?;
    check::check(&document)?;
    let examples = read_examples(sources, &document)?;
    let callers = seen(&document);
    let plan = plan::plan(&sources.provider, &callers);
    let normalised = normalise(&callers.root);
    let expanded = expand::expand(&normalised, &plan)?;
    let model = Model::new(&plan, &expanded)?;
    let of_callers = examples
        .iter()
        .map(|(id, example)| (id.clone(), seen::example(&document, id, example)))
        .collect();
    let modules = shape::shape(&plan, &model, &of_callers);

    let mut files = Files::new();
    let crate_folder = crate_folder(&sources.provider);
    for module in &modules {
        let path = crate_folder.join("src/generated").join(&module.name).with_extension("rs");
        files.insert(path, print::print(module)?);
    }
    for table in shape::dispatch(&plan, &model) {
        let path = Path::new("tests/generated").join(&table.name).with_extension("rs");
        files.insert(path, print::print(&table)?);
    }
    let compiled = bundle::bundle(&document, &examples).map_err(|error| error.to_string())?;
    let sandbox = Path::new("crates/kessai-sandbox/openapi");
    files.insert(sandbox.join(&sources.provider).with_extension("json"), compiled.clone());
    files.insert(crate_folder.join("openapi.json"), compiled);
    Ok(Generated { document, examples, plan, normalised, expanded, modules, files })
}

/// The folders that hold nothing but what is generated for `provider`.
#[must_use]
pub fn owned(provider: &str) -> Vec<PathBuf> {
    vec![crate_folder(provider).join("src/generated"), Path::new("tests/generated").join(provider)]
}

/// The folders that hold nothing but what is generated for all providers together.
#[must_use]
pub fn shared() -> Vec<PathBuf> {
    ["tests/generated", "crates/kessai-sandbox/openapi"].map(PathBuf::from).to_vec()
}

/// The folder of a provider's crate.
#[must_use]
pub fn crate_folder(provider: &str) -> PathBuf {
    Path::new("crates").join(format!("kessai-{provider}"))
}

/// Reads the examples; every operation has one, and each belongs to an operation.
fn read_examples(
    sources: &Sources,
    document: &Document,
) -> Result<BTreeMap<String, Example>, Refusals> {
    let mut found = BTreeMap::new();
    let mut refusals = Vec::new();
    let operations: Vec<&String> =
        document.parts.iter().flat_map(|part| &part.operations).collect();
    for source in &sources.examples {
        let stem =
            Path::new(&source.file).file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
        if !operations.iter().any(|operation| *operation == stem) {
            refusals.push(Refusal {
                place: Place { file: source.file.as_str().into(), line: 1 },
                path: stem.to_owned(),
                problem: "is an example of no operation".to_owned(),
                instead: "name the file as the operation it is an example of".to_owned(),
            });
            continue;
        }
        match examples::read(source) {
            Ok(example) => {
                found.insert(stem.to_owned(), example);
            }
            Err(more) => refusals.extend(more.0),
        }
    }
    for operation in operations {
        let refused = refusals
            .iter()
            .any(|refusal| refusal.place.file.ends_with(&format!("/{operation}.yaml")));
        if !found.contains_key(operation) && !refused {
            refusals.push(Refusal {
                place: Place { file: format!("{}/examples", sources.provider).into(), line: 1 },
                path: operation.clone(),
                problem: "has no example".to_owned(),
                instead: format!("a file `{operation}.yaml` with a request and its answers"),
            });
        }
    }
    Refusals::of(refusals)?;
    Ok(found)
}
