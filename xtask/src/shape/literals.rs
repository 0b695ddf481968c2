//! Examples as Rust: JSON of an example file into the expressions a caller would type.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};
use syn::Type;

use super::access::Access;
use super::{Field, Model, Object, Shape, feature, items, objects, short};
use crate::document::{Node, Value};
use crate::examples::Example;
use crate::names;
use crate::plan::{Module, Operation, Plan};

mod lines;

use lines::print;

/// The `# Examples` section of an operation: it compiles, and says what is answered.
pub(super) fn doc(
    plan: &Plan,
    module: &Module,
    operation: &Operation,
    access: Access,
    model: &Model,
    example: &Example,
) -> Vec<String> {
    let Some(call) = model.calls.get(&operation.id) else { return Vec::new() };
    let mut writer = Writer { model, used: BTreeSet::new(), feature: None };
    let mut before = TokenStream::new();
    let mut arguments: Vec<TokenStream> = Vec::new();
    for field in &call.path {
        let value =
            example.request.at(&["path", &field.wire]).and_then(Node::text).unwrap_or_default();
        arguments.push(path(field, value));
    }
    if let Some(query) = &call.query {
        writer.used.insert(query.name.clone());
        let value = example.request.get("query").map(|node| writer.object(node, query));
        let name = format_ident!("{}", query.name);
        let value = value.unwrap_or_else(|| quote!(#name::default()));
        before.extend(quote!(let query = #value;));
        arguments.push(quote!(&query));
    }
    if let Some(body) = &call.body {
        let value = example.request.get("body").map(|node| writer.value(node, body));
        let value = value.unwrap_or_else(|| quote!(#body::default()));
        writer.used.extend(short::name(body));
        before.extend(quote!(let body = #value;));
        arguments.push(quote!(&body));
    }
    let resource = format_ident!("{}", module.name);
    let method = format_ident!("{}", operation.method);
    let answer = short::listed(&call.answer);
    let noun = answer.as_ref().map(|(name, _)| names::words(name)).unwrap_or_default();
    let noun = noun.rsplit(' ').next().filter(|noun| !noun.is_empty()).unwrap_or("done");
    let is_list = answer.as_ref().is_some_and(|(_, is_list)| *is_list);
    let noun = if is_list { names::plural(noun) } else { noun.to_owned() };
    let variable = format_ident!("{noun}");
    let mut statements = quote!(#before);
    let called = quote!(client.#resource().#method(#(#arguments),*).await?);
    match writer.assertion(&variable, answer, example) {
        Some(assertion) => statements.extend(quote!(let #variable = #called; #assertion)),
        None => statements.extend(quote!(#called;)),
    }
    writer.section(plan, access, &statements)
}

/// The same for a walk over the pages of a list.
pub(super) fn walk_doc(
    plan: &Plan,
    module: &Module,
    operation: &Operation,
    access: Access,
    model: &Model,
    example: &Example,
) -> Vec<String> {
    let Some(call) = model.calls.get(&operation.id) else { return Vec::new() };
    let Some(query) = &call.query else { return Vec::new() };
    let mut writer = Writer { model, used: BTreeSet::from([query.name.clone()]), feature: None };
    let paths = call.path.iter().map(|field| {
        let value = example.request.at(&["path", &field.wire]).and_then(Node::text);
        path(field, value.unwrap_or_default())
    });
    let mut asked = example.request.get("query").cloned();
    if let Some(asked) = &mut asked {
        for key in ["limit", "offset", "cursor"] {
            asked.remove(key);
        }
    }
    let name = format_ident!("{}", query.name);
    let query =
        asked.map_or_else(|| quote!(#name::default()), |asked| writer.object(&asked, query));
    let resource = format_ident!("{}", module.name);
    let method = format_ident!("{}", names::walk(&operation.method));
    let (items, item) = items::nouns(operation, model);
    let key = items::item_key(operation, model);
    let statements = quote! {
        let query = #query;
        let mut #items = client.#resource().#method(#(#paths,)* &query);
        let mut ids = Vec::new();
        while let Some(#item) = #items.next().await {
            ids.push(#item?.#key);
        }
    };
    writer.section(plan, access, &statements)
}

/// A parameter of the path, lent.
fn path(field: &Field, value: &str) -> TokenStream {
    if field.is_text() { quote!(#value) } else { quote!(&#value.into()) }
}

/// Writes values, and remembers which types it named.
struct Writer<'a> {
    model: &'a Model,
    used: BTreeSet<String>,
    /// The feature that it takes to make them.
    feature: Option<String>,
}

impl Writer<'_> {
    fn value(&mut self, node: &Node, ty: &Type) -> TokenStream {
        if let Some(inner) = short::inside(ty, "Option") {
            if node.value == Value::Null {
                return quote!(None);
            }
            let value = self.value(node, inner);
            return quote!(Some(#value));
        }
        if let Some(inner) = short::inside(ty, "Patch") {
            self.used.insert("Patch".to_owned());
            if node.value == Value::Null {
                return quote!(Patch::Clear);
            }
            let value = self.value(node, inner);
            return quote!(Patch::Set(#value));
        }
        if let Some(inner) = short::inside(ty, "Vec") {
            let items: Vec<_> = node.items().iter().map(|item| self.value(item, inner)).collect();
            return quote!(vec![#(#items),*]);
        }
        if let Some(inner) = short::inside(ty, "BTreeMap") {
            self.used.insert("BTreeMap".to_owned());
            let entries: Vec<_> = node
                .entries()
                .iter()
                .map(|entry| {
                    let (key, value) = (&entry.key, self.value(&entry.node, inner));
                    quote!((#key.into(), #value))
                })
                .collect();
            return quote!(BTreeMap::from([#(#entries),*]));
        }
        let name = short::name(ty).unwrap_or_default();
        if name == "Decimal" {
            return self.decimal(node);
        }
        match (&node.value, self.model.shapes.get(&name)) {
            (Value::Text(word), Some(Shape::Words(words))) => {
                self.used.insert(name.clone());
                let ty = format_ident!("{name}");
                match words.iter().find(|(_, known)| known.word == *word) {
                    Some((variant, _)) => quote!(#ty::#variant),
                    None => quote!(#ty::from(#word)),
                }
            }
            (Value::Map(_), Some(Shape::Object(object))) => self.object(node, object),
            (Value::Text(text), _) => quote!(#text.into()),
            (Value::Integer(number), _) if name == "Json" => {
                let number = grouped(*number);
                quote!(#number.into())
            }
            (Value::Bool(flag), _) if name == "Json" => quote!(#flag.into()),
            (Value::Null, _) if name == "Json" => {
                self.used.insert(name);
                quote!(Json::null())
            }
            (Value::Integer(number), _) if name == "EpochMillis" => {
                self.used.insert(name);
                let number = grouped(*number);
                quote!(EpochMillis::new(#number))
            }
            (Value::Integer(number), _) => {
                let number = grouped(*number);
                quote!(#number)
            }
            (Value::Float(number), _) => {
                let number = Literal::f64_unsuffixed(*number);
                quote!(#number)
            }
            (Value::Bool(flag), _) => quote!(#flag),
            _ => quote!(None),
        }
    }

    /// `Decimal::new(1762, 2)`
    fn decimal(&mut self, node: &Node) -> TokenStream {
        self.used.insert("Decimal".to_owned());
        let text = match &node.value {
            Value::Text(text) => text.clone(),
            Value::Integer(number) => number.to_string(),
            Value::Float(number) => number.to_string(),
            _ => String::new(),
        };
        let digits = text.split_once('.').map_or(0, |(_, fraction)| fraction.len());
        let number = grouped(text.replacen('.', "", 1).parse().unwrap_or_default());
        if digits == 0 {
            return quote!(Decimal::from(#number));
        }
        let digits = Literal::usize_unsuffixed(digits);
        quote!(Decimal::new(#number, #digits))
    }

    /// `CreateCharge { capture: Some(false), ..CreateCharge::new(3000, ..) }`
    fn object(&mut self, node: &Node, object: &Object) -> TokenStream {
        self.used.insert(object.name.clone());
        self.feature = self.feature.take().or_else(|| object.feature.clone());
        let name = format_ident!("{}", object.name);
        let constructed = object.has_constructor();
        let mut arguments = Vec::new();
        let mut fields = Vec::new();
        let mut all = true;
        // What tells of which kind a choice is comes with the choice.
        for field in object.fields.iter().filter(|field| object.told_by(field).is_none()) {
            let ident = &field.ident;
            match node.get(&field.wire) {
                Some(value) if constructed && field.required => {
                    arguments.push(self.member(value, field, node, true));
                }
                Some(value) => {
                    let value = self.member(value, field, node, false);
                    fields.push(quote!(#ident: #value));
                }
                // Without a constructor or a default, all members are written out.
                None if !constructed && !object.has_default() => {
                    let empty = objects::empty(&field.ty);
                    fields.push(quote!(#ident: #empty));
                }
                None => all = false,
            }
        }
        // `new` takes texts and ids as they are, so the conversion can go.
        let arguments = arguments.into_iter().map(without_into);
        let rest = if constructed {
            quote!(#name::new(#(#arguments),*))
        } else {
            quote!(#name::default())
        };
        // What is also answered has a field `unknown` besides.
        match (fields.is_empty(), all && !constructed && !object.answered) {
            (true, _) => rest,
            (false, true) => quote!(#name { #(#fields),* }),
            (false, false) => quote!(#name { #(#fields,)* ..#rest }),
        }
    }

    /// The value of a field of the object that is written as `object`; as an argument, a kind
    /// stands for the choice.
    fn member(&mut self, node: &Node, field: &Field, object: &Node, argued: bool) -> TokenStream {
        let Some(tag) = field.tag() else { return self.value(node, &field.ty) };
        let model = self.model;
        let inside = short::inside(&field.ty, "Option");
        let choice = short::name(inside.unwrap_or(&field.ty)).unwrap_or_default();
        let Some(Shape::Choice(kinds)) = model.shapes.get(&choice) else { return quote!(None) };
        let word = object.text_at(tag).unwrap_or_default();
        let kind = kinds.iter().find(|(_, kind)| kind.words.iter().any(|known| known == word));
        let Some(kind) = kind.and_then(|(_, kind)| model.object(&kind.schema)) else {
            return quote!(None);
        };
        let kind = self.object(node, kind);
        if argued {
            return kind;
        }
        self.used.insert(choice.clone());
        let choice = format_ident!("{choice}");
        if inside.is_some() {
            quote!(Some(#choice::from(#kind)))
        } else {
            quote!(#choice::from(#kind))
        }
    }

    /// The first thing worth looking at in the answer: where it stands, or how many there are.
    fn assertion(
        &mut self,
        variable: &proc_macro2::Ident,
        answer: Option<(String, bool)>,
        example: &Example,
    ) -> Option<TokenStream> {
        let (answer, is_list) = answer?;
        let body = example.success()?.body.as_ref()?;
        if is_list {
            let count = Literal::usize_unsuffixed(body.items().len());
            return Some(quote!(assert_eq!(#variable.len(), #count);));
        }
        let object = self.model.object(&answer)?;
        let told = ["status", "total"].iter().find_map(|wanted| {
            let field = object.fields.iter().find(|field| field.wire == *wanted)?;
            Some((field, body.get(wanted)?))
        });
        let (field, value) = told?;
        let ident = &field.ident;
        let value = self.value(value, &field.ty);
        Some(quote!(assert_eq!(#variable.#ident, #value);))
    }

    /// The section with `statements` in it.
    fn section(&self, plan: &Plan, access: Access, statements: &TokenStream) -> Vec<String> {
        let krate = format!("kessai_{}", plan.provider);
        let client = access.client();
        let mut lines = vec![String::new(), "# Examples".to_owned(), String::new()];
        lines.extend(self.feature.iter().flat_map(|feature| feature::remark(feature)));
        lines.push("```no_run".to_owned());
        lines.extend(self.imports(&krate));
        lines.extend(self.feature.as_deref().map(feature::hidden));
        lines.push(format!(
            "# async fn example(client: {krate}::{client}) -> Result<(), {krate}::Error> {{"
        ));
        lines.extend(print(statements));
        lines.extend(["# Ok(())", "# }", "```"].map(ToOwned::to_owned));
        lines
    }

    fn imports(&self, krate: &str) -> Vec<String> {
        let mut lines = Vec::new();
        if self.used.contains("BTreeMap") {
            lines.extend(["use std::collections::BTreeMap;".to_owned(), String::new()]);
        }
        for name in ["Decimal", "EpochMillis", "Patch"] {
            if self.used.contains(name) {
                lines.push(format!("use {krate}::{name};"));
            }
        }
        let mut homes: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for name in &self.used {
            if let Some(home) = self.model.homes.get(name) {
                homes.entry(home).or_default().push(name);
            }
        }
        for (home, names) in homes {
            lines.push(match names.as_slice() {
                [name] => format!("use {krate}::{home}::{name};"),
                names => format!("use {krate}::{home}::{{{}}};", names.join(", ")),
            });
        }
        if !lines.is_empty() {
            lines.push(String::new());
        }
        lines
    }
}

/// A number with its thousands apart, from five digits on.
fn grouped(number: i64) -> TokenStream {
    let digits = number.unsigned_abs().to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if digits.len() > 4 && index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push('_');
        }
        text.push(digit);
    }
    let literal = text.parse::<Literal>().unwrap_or_else(|_| Literal::i64_unsuffixed(number));
    if number < 0 { quote!(-#literal) } else { quote!(#literal) }
}

/// `"text".into()` as `"text"`.
fn without_into(argument: TokenStream) -> TokenStream {
    match syn::parse2::<syn::ExprMethodCall>(argument.clone()) {
        Ok(call) if call.method == "into" => {
            let receiver = &call.receiver;
            quote!(#receiver)
        }
        _ => argument,
    }
}
