//! Operations as facts: one method, one constant each.

use std::collections::BTreeMap;

use quote::{format_ident, quote};
use syn::parse_quote;

use super::access::Access;
use super::{Field, Model, body, docs, literals, pages};
use crate::examples::Example;
use crate::module::Piece;
use crate::names;
use crate::plan::{Module, Operation, Plan, Success};

/// The handles of a resource, one per kind of key, with a method per operation that takes it.
pub(super) fn handles(
    plan: &Plan,
    module: &Module,
    model: &Model,
    examples: &BTreeMap<String, Example>,
) -> Vec<Piece> {
    let handle = |access| handle(plan, module, access, model, examples);
    Access::ALL.into_iter().flat_map(handle).collect()
}

/// A handle with its methods; nothing where no operation takes the key.
fn handle(
    plan: &Plan,
    module: &Module,
    access: Access,
    model: &Model,
    examples: &BTreeMap<String, Example>,
) -> Vec<Piece> {
    let operations: Vec<_> = access.operations(module).collect();
    if operations.is_empty() {
        return Vec::new();
    }
    let name = access.handle(module);
    let client = access.client();
    let restriction = match access {
        Access::Secret => "",
        Access::Publishable => ", with what a publishable key may do",
    };
    let opener = format!(
        "{} Opened by [`{client}::{1}`](crate::{client}::{1}){restriction}.",
        module.description, module.name,
    );
    let opener = docs::attributes(&opener, docs::WIDTH);
    let methods = operations.iter().map(|operation| {
        let example = examples.get(&operation.id);
        method(plan, module, operation, access, model, example)
    });
    vec![
        Piece::Item(parse_quote! {
            #(#opener)*
            #[derive(Clone, Copy, Debug)]
            pub struct #name<'a> {
                pub(crate) transport: &'a Transport,
            }
        }),
        Piece::Item(parse_quote! {
            impl<'a> #name<'a> {
                pub(crate) fn new(transport: &'a Transport) -> Self {
                    Self { transport }
                }

                #(#methods)*
            }
        }),
    ]
}

fn method(
    plan: &Plan,
    module: &Module,
    operation: &Operation,
    access: Access,
    model: &Model,
    example: Option<&Example>,
) -> proc_macro2::TokenStream {
    let Some(call) = model.calls.get(&operation.id) else { return quote!() };
    let mut lines = prose(module, operation, model);
    if let Some(example) = example {
        lines.extend(literals::doc(plan, module, operation, access, model, example));
    }
    let docs = docs::from_lines(&lines);
    let name = format_ident!("{}", operation.method);
    let constant = names::constant(&operation.method);
    let answer = &call.answer;

    let path_arguments = call.path.iter().map(|field| {
        let (ident, ty) = (&field.ident, field.lent());
        quote!(#ident: #ty)
    });
    let query_argument = call.query.as_ref().map(|query| {
        let name = format_ident!("{}", query.name);
        quote!(query: &#name)
    });
    let body_argument = call.body.as_ref().map(|body| quote!(body: &#body));
    let arguments = path_arguments.chain(query_argument).chain(body_argument);

    let paths = call.path.iter().map(|Field { ident, wire, .. }| quote!(.path(#wire, #ident)));
    let queries = call.query.iter().flat_map(|query| &query.fields);
    let queries = queries.map(|Field { ident, wire, .. }| quote!(.query(#wire, &query.#ident)));
    let exact = body::exact(call, model);
    let agree = body::agree(call, model);
    let body = call.body.as_ref().map(|_| quote!(#exact #agree.json(body)));
    let walk = pages::walk(plan, module, operation, access, model, example);
    quote! {
        #(#docs)*
        pub fn #name(&self, #(#arguments),*) -> Call<'a, #answer> {
            Call::new(self.transport, &#constant) #(#paths)* #(#queries)* #body
        }

        #walk
    }
}

/// A method's docs up to its example.
fn prose(module: &Module, operation: &Operation, model: &Model) -> Vec<String> {
    let mut text = operation.summary.clone();
    if let Some(description) = &operation.description {
        text = format!("{text}\n\n{description}");
    }
    if operation.page.is_some() {
        let all = names::walk(&operation.method);
        text = format!("{text}\n\nOne answer is one page; [`{all}`](Self::{all}) walks them all.");
    }
    for fact in facts(operation) {
        text = format!("{text}\n\n{fact}");
    }
    if let Some(header) = &operation.idempotency {
        text = format!(
            "{text}\n\nA key is made with this call and sent as `{header}`, by which the provider may \
             recognise a repeat: [`Call::key`] shows it, [`Call::idempotency_key`] sets another."
        );
    }
    let text = super::model::with_doubt(&text, operation.unverified.as_deref());
    let text = docs::in_rust(&text, model.told_of(operation));
    let errors = docs::in_rust(&errors(module, operation), model.told_of(operation));
    let verb = operation.verb.to_uppercase();
    let at = operation.server.as_ref().map(|server| format!(" at `{server}`")).unwrap_or_default();
    let text = format!("{text}\n\n`{verb} {}`{at}\n\n# Errors\n\n{errors}", operation.path);
    docs::lines(&text, docs::WIDTH_IN_IMPL)
}

/// What the client does by itself, and when an answer counts.
fn facts(operation: &Operation) -> Vec<String> {
    let mut facts = Vec::new();
    if !operation.signed.is_empty() {
        facts.push("The client signs the request.".to_owned());
    }
    if operation.answer_signed.is_some() {
        facts.push(
            "An answer whose signature is missing or wrong is an error, after which the outcome is \
             unknown: [`Error::is_forged`](crate::Error::is_forged)."
                .to_owned(),
        );
    }
    let rules = operation.success.iter().map(|Success { member, values, are_failures }| {
        let values: Vec<String> = values.iter().map(|value| format!("`{value}`")).collect();
        let is = if *are_failures { "is" } else { "is there and is not" };
        format!("`{member}` {is} {}", values.join(" or "))
    });
    let rules: Vec<String> = rules.collect();
    if !rules.is_empty() {
        let rules = rules.join(", or if its ");
        facts.push(format!("An answer with a good status is an error too if its {rules}."));
    }
    facts
}

/// What a caller must do when the call fails.
fn errors(module: &Module, operation: &Operation) -> String {
    if operation.reads {
        return "Reading again is safe, whatever [`Error::outcome`](crate::Error::outcome) says."
            .to_owned();
    }
    let noun = names::singular(&module.name).replace('_', " ");
    let creates = operation.method.starts_with("create");
    let state =
        if creates { format!("the {noun} may exist") } else { "it may have been done".to_owned() };
    let unknown = format!(
        "If [`Error::outcome`](crate::Error::outcome) is [`Unknown`](crate::Outcome::Unknown), {state}"
    );
    let look = match &operation.reference {
        // The crate has such a method, written by hand; if not, the link is broken and rustdoc says
        // so.
        Some(reference) => {
            let find = format!("find_by_{}", names::reference(reference));
            format!("look for its `{reference}` with [`{find}`](Self::{find})")
        }
        None if is_told(operation) => {
            let then = "what to do then is said above. Give the provider time: right after a \
                        failure an absence proves nothing.";
            return with_key(operation, &unknown, then);
        }
        None if creates => "look for it".to_owned(),
        None => format!("look at the {noun}"),
    };
    let patience = "give the provider time: right after a failure an absence proves nothing.";
    let then = format!("{look} before you call this again, and {patience}");
    with_key(operation, &unknown, &then)
}

/// What to do when the outcome is unknown, and first of all where the provider knows keys.
fn with_key(operation: &Operation, unknown: &str, then: &str) -> String {
    if operation.idempotency.is_none() {
        return format!("{unknown}: {then}");
    }
    format!(
        "{unknown}: {then} If you do send it again, send the same call with the same key, \
         [`Error::idempotency_key`](crate::Error::idempotency_key)."
    )
}

/// Whether the description itself says what to do when the outcome is unknown.
fn is_told(operation: &Operation) -> bool {
    operation.description.as_ref().is_some_and(|text| text.contains("outcome is unknown"))
}

/// The constants of a module, one per operation.
pub(super) fn constants(module: &Module) -> Vec<Piece> {
    let constants = module.operations.iter().map(|operation| {
        let name = names::constant(&operation.method);
        let verb = format_ident!("{}", operation.verb);
        let Operation { id, path, server, idempotency, .. } = operation;
        let at = server.iter().map(|server| quote!(.at(#server)));
        let keys = operation.own_keys.iter().map(|keys| quote!(.keys(&[#(#keys),*])));
        let reads = (operation.reads && operation.verb != "get").then(|| quote!(.reads()));
        let headers = list("headers", &operation.headers);
        let signed = list("signed", &operation.signed);
        let answers = operation.answer_signed.iter().map(|answer| {
            let answer = format_ident!("{answer}");
            quote!(.answers_signed(#answer::SIGNED))
        });
        let success = operation.success.iter().map(|Success { member, values, are_failures }| {
            let rule = if *are_failures { quote!(fails) } else { quote!(succeeds) };
            quote!(.#rule(#member, &[#(#values),*]))
        });
        let idempotent = idempotency.iter().map(|header| quote!(.idempotent(#header)));
        let more =
            at.chain(keys).chain(reads).chain(headers).chain(signed).chain(answers).chain(success);
        let more = more.chain(idempotent);
        Piece::Item(parse_quote!(const #name: Operation = Operation::#verb(#id, #path) #(#more)*;))
    });
    constants.collect()
}

/// A fact of an operation that is a list, where it is not empty.
fn list(fact: &str, items: &[String]) -> Option<proc_macro2::TokenStream> {
    let fact = format_ident!("{fact}");
    (!items.is_empty()).then(|| quote!(.#fact(&[#(#items),*])))
}
