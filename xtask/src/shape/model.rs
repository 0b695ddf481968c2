//! The plan and progenitor's types, joined: what every later pass reads.

use std::collections::BTreeMap;

use quote::format_ident;
use syn::{Attribute, FnArg, Ident, ItemStruct, LitStr, Pat, ReturnType, Type};

use super::short;
use crate::expand::Expanded;
use crate::names;
use crate::plan::{self, How, Kind, Member, Plan};

/// Every type of a provider, and where it stands.
#[derive(Debug)]
pub struct Model {
    /// The types, by name.
    pub shapes: BTreeMap<String, Shape>,
    /// The module each stands in.
    pub homes: BTreeMap<String, String>,
    /// What each operation takes and gives, by its id.
    pub calls: BTreeMap<String, CallTypes>,
}

/// A type.
#[derive(Debug)]
pub enum Shape {
    /// A struct.
    Object(Object),
    /// An open enum: the variant and the word, in the provider's order.
    Words(Vec<(Ident, plan::Word)>),
    /// A choice: the variant and the kind, in the order they are written.
    Choice(Vec<(Ident, plan::Alternative)>),
}

/// A struct.
#[derive(Clone, Debug)]
pub struct Object {
    /// Its name.
    pub name: String,
    /// What it is.
    pub docs: String,
    /// Its fields, in the provider's order.
    pub fields: Vec<Field>,
    /// Whether no field of it may be printed.
    pub secret: bool,
    /// Whether a request holds it, so that callers fill it in.
    pub sent: bool,
    /// Whether an answer holds it, so that it may hold more than we know.
    pub answered: bool,
    /// What the provider's signature is made of.
    pub signed: Vec<String>,
    /// The feature without which nobody outside makes one.
    pub feature: Option<String>,
}

/// More values than these nobody tells apart by their place.
const MOST_ARGUMENTS: usize = 9;

impl Object {
    /// Whether `new` takes what is required. Where that is too much, callers write all members
    /// out, each by its name.
    #[must_use]
    pub fn has_constructor(&self) -> bool {
        self.sent && (1..=MOST_ARGUMENTS).contains(&self.required())
    }

    /// Whether there is a default: nothing is required.
    #[must_use]
    pub fn has_default(&self) -> bool {
        self.sent && self.required() == 0
    }

    fn required(&self) -> usize {
        self.fields.iter().filter(|field| field.required).count()
    }

    /// The choice from which `new` takes a field that tells of which kind it is.
    #[must_use]
    pub fn told_by(&self, field: &Field) -> Option<&Field> {
        let mut choices = self.fields.iter().filter(|choice| self.sent && choice.required);
        choices.find(|choice| choice.tag() == Some(&field.wire))
    }
}

/// A field.
#[derive(Clone, Debug)]
pub struct Field {
    /// Its name in Rust.
    pub ident: Ident,
    /// Its type.
    pub ty: Type,
    /// Its name at the provider.
    pub wire: String,
    /// What it means.
    pub docs: String,
    /// Whether it must be there.
    pub required: bool,
    /// Whether it is a decimal that is written as a number.
    pub number: bool,
    /// The field beside it that holds the currency of this amount, by its name at the provider.
    pub currency: Option<String>,
    /// How it is read.
    pub how: How,
}

impl Field {
    /// Of a choice: the field beside it that tells its kind, by its name at the provider.
    #[must_use]
    pub fn tag(&self) -> Option<&String> {
        match &self.how {
            How::Choice { tag } => Some(tag),
            _ => None,
        }
    }
}

impl Field {
    /// Whether it is a plain text, which is lent as one.
    pub(super) fn is_text(&self) -> bool {
        short::name(&self.ty).is_some_and(|name| name == "String")
    }

    /// Its type where it is lent.
    pub(super) fn lent(&self) -> Type {
        let ty = &self.ty;
        if self.is_text() { syn::parse_quote!(&str) } else { syn::parse_quote!(&#ty) }
    }
}

/// What an operation takes and gives.
#[derive(Clone, Debug)]
pub struct CallTypes {
    /// The parameters in the path.
    pub path: Vec<Field>,
    /// The struct of its query, if it has one.
    pub query: Option<Object>,
    /// The type of its body.
    pub body: Option<Type>,
    /// The type of its answer.
    pub answer: Type,
}

impl Model {
    /// Joins a plan with what progenitor made of the same document.
    ///
    /// # Errors
    ///
    /// If a schema, member or operation of the plan is not in progenitor's output.
    pub fn new(plan: &Plan, expanded: &Expanded) -> Result<Self, String> {
        let mut model =
            Self { shapes: BTreeMap::new(), homes: BTreeMap::new(), calls: BTreeMap::new() };
        for marker in &plan.markers {
            model.homes.insert(marker.clone(), "ids".to_owned());
        }
        for module in &plan.modules {
            for schema in &module.schemas {
                model.homes.insert(schema.name.clone(), module.name.clone());
                model.shapes.insert(schema.name.clone(), shape(schema, expanded)?);
            }
            for operation in &module.operations {
                let call = call(&module.name, operation, expanded)?;
                if let Some(query) = &call.query {
                    model.homes.insert(query.name.clone(), module.name.clone());
                }
                model.calls.insert(operation.id.clone(), call);
            }
        }
        Ok(model)
    }

    /// The members that the description of an operation may speak of: its arguments, and the
    /// fields of what it sends and is answered.
    pub(super) fn told_of(&self, operation: &plan::Operation) -> impl Iterator<Item = &Field> {
        let call = self.calls.get(&operation.id);
        let arguments = call.into_iter().flat_map(|call| {
            call.path.iter().chain(call.query.iter().flat_map(|query| &query.fields))
        });
        let objects = [&operation.body, &operation.answer].into_iter().flatten();
        let objects = objects.filter_map(|name| self.object(name));
        arguments.chain(objects.flat_map(|object| &object.fields))
    }

    /// The struct called `name`.
    #[must_use]
    pub fn object(&self, name: &str) -> Option<&Object> {
        match self.shapes.get(name) {
            Some(Shape::Object(object)) => Some(object),
            _ => None,
        }
    }
}

fn shape(schema: &plan::Schema, expanded: &Expanded) -> Result<Shape, String> {
    let docs = with_doubt(&schema.description, schema.unverified.as_deref());
    match &schema.kind {
        Kind::Words(words) => {
            let found = expanded
                .enums
                .get(&schema.name)
                .ok_or_else(|| format!("progenitor made no enum `{}`", schema.name))?;
            let words = words.iter().map(|word| {
                let variant = found.variants.iter().find(|variant| {
                    renamed(&variant.attrs).unwrap_or_else(|| variant.ident.to_string())
                        == word.word
                });
                let variant = variant.ok_or_else(|| {
                    format!("progenitor made no variant `{}` of `{}`", word.word, schema.name)
                })?;
                let ident = word.name.as_ref().map(|name| format_ident!("{name}"));
                Ok((ident.unwrap_or_else(|| variant.ident.clone()), word.clone()))
            });
            Ok(Shape::Words(words.collect::<Result<_, String>>()?))
        }
        Kind::Choice { kinds, .. } => {
            let one_each = kinds.iter().all(|kind| kind.words.len() == 1);
            let kinds = kinds.iter().map(|kind| {
                let words: Vec<&str> = kind.words.iter().map(String::as_str).collect();
                let variant = names::variant(&words, &kind.schema, one_each);
                (format_ident!("{variant}"), kind.clone())
            });
            Ok(Shape::Choice(kinds.collect()))
        }
        Kind::Object { members, secret, sent, answered, signed, feature } => {
            let found = expanded
                .structs
                .get(&schema.name)
                .ok_or_else(|| format!("progenitor made no struct `{}`", schema.name))?;
            if found.fields.len() != members.len() {
                return Err(format!("progenitor lost a member of `{}`", schema.name));
            }
            let fields = members.iter().map(|member| field(member, found, *sent && !*answered));
            Ok(Shape::Object(Object {
                name: schema.name.clone(),
                docs,
                fields: fields.collect::<Result<_, _>>()?,
                secret: *secret,
                sent: *sent,
                answered: *answered,
                signed: signed.clone(),
                feature: feature.clone(),
            }))
        }
    }
}

fn field(member: &Member, found: &ItemStruct, only_sent: bool) -> Result<Field, String> {
    for field in &found.fields {
        let Some(ident) = &field.ident else { continue };
        if renamed(&field.attrs).unwrap_or_else(|| ident.to_string()) == member.wire {
            let ty = short::short(field.ty.clone());
            let may_be_null = member.nullable && member.required;
            let ty = if may_be_null { syn::parse_quote!(Option<#ty>) } else { ty };
            let ty = match member.how {
                How::Patch => patch(&ty),
                _ if only_sent || member.required => ty,
                _ => left_out(ty),
            };
            return Ok(Field {
                ident: ident.clone(),
                ty,
                wire: member.wire.clone(),
                docs: member.docs.clone(),
                required: member.required,
                number: member.number,
                currency: member.currency.clone(),
                how: member.how.clone(),
            });
        }
    }
    Err(format!("progenitor made no member `{}` of `{}`", member.wire, found.ident))
}

/// A list or map that an answer may leave out: "not told" must not read as "none".
fn left_out(ty: Type) -> Type {
    match short::name(&ty).as_deref() {
        Some("Vec" | "BTreeMap") => syn::parse_quote!(Option<#ty>),
        _ => ty,
    }
}

/// What a change leaves as it is, clears or sets.
fn patch(ty: &Type) -> Type {
    let inner = short::inside(ty, "Option").unwrap_or(ty);
    syn::parse_quote!(Patch<#inner>)
}

/// The name in `#[serde(rename = "..")]`.
fn renamed(attributes: &[Attribute]) -> Option<String> {
    let mut name = None;
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("serde")) {
        // Other keys of the attribute have values that need not be read.
        let _ = attribute.parse_nested_meta(|meta| {
            let value = meta.value()?.parse::<LitStr>()?;
            if meta.path.is_ident("rename") {
                name = Some(value.value());
            }
            Ok(())
        });
    }
    name
}

fn call(tag: &str, operation: &plan::Operation, expanded: &Expanded) -> Result<CallTypes, String> {
    let signature = expanded
        .signatures
        .get(&operation.id)
        .ok_or_else(|| format!("progenitor made no method `{}`", operation.id))?;
    let arguments: BTreeMap<String, (&Ident, &Type)> = signature
        .inputs
        .iter()
        .filter_map(|input| match input {
            FnArg::Typed(argument) => match &*argument.pat {
                Pat::Ident(pat) => Some((pat.ident.to_string(), (&pat.ident, &*argument.ty))),
                _ => None,
            },
            FnArg::Receiver(_) => None,
        })
        .collect();
    let fields = |members: &[Member]| {
        let fields = members.iter().map(|member| {
            let snake = names::snake(&member.wire);
            let (ident, ty) = arguments
                .get(&snake)
                .or_else(|| arguments.get(&format!("{snake}_")))
                .ok_or_else(|| format!("`{}` has no argument `{snake}`", operation.id))?;
            Ok(Field {
                ident: (*ident).clone(),
                ty: repeated(short::owned(ty)),
                wire: member.wire.clone(),
                docs: member.docs.clone(),
                required: member.required,
                number: false,
                currency: None,
                how: How::Plainly,
            })
        });
        fields.collect::<Result<Vec<_>, String>>()
    };
    let query = fields(&operation.query_parameters)?;
    Ok(CallTypes {
        path: fields(&operation.path_parameters)?,
        query: (!query.is_empty()).then(|| Object {
            name: match operation.body {
                // The body has the operation's own name.
                Some(_) => format!("{}Query", names::pascal(&operation.id)),
                None => names::pascal(&operation.id),
            },
            docs: format!("The query of [`{0}`]({1}::{0}).", operation.method, names::handle(tag)),
            fields: query,
            secret: false,
            sent: true,
            answered: false,
            signed: Vec::new(),
            feature: None,
        }),
        body: arguments.get("body").map(|(_, ty)| short::owned(ty)),
        answer: answer(&signature.output)
            .ok_or_else(|| format!("`{}` has an unexpected return type", operation.id))?,
    })
}

/// A list that may be left out is an empty list.
fn repeated(ty: Type) -> Type {
    match short::inside(&ty, "Option") {
        Some(inner) if short::inside(inner, "Vec").is_some() => inner.clone(),
        _ => ty,
    }
}

/// `T` of `Result<ResponseValue<T>, Error<E>>`.
fn answer(output: &ReturnType) -> Option<Type> {
    let ReturnType::Type(_, result) = output else { return None };
    let Type::Path(path) = &**result else { return None };
    let syn::PathArguments::AngleBracketed(arguments) = &path.path.segments.last()?.arguments
    else {
        return None;
    };
    let syn::GenericArgument::Type(value) = arguments.args.first()? else { return None };
    short::inside(value, "ResponseValue").map(|ty| short::short(ty.clone()))
}

/// A description, and what is not certain about it.
pub(super) fn with_doubt(description: &str, doubt: Option<&str>) -> String {
    match doubt {
        Some(why) => format!("{description}\n\n{}", plan::unverified(why)),
        None => description.to_owned(),
    }
}
