//! `cognate config [PATH]`

mod in_force;
mod node;
mod subject;

use super::{Exit, Failure, Surroundings};
use crate::cli::{ConfigArgs, ConfigFormat};
use crate::config::Config;
use crate::project::{Request, absolute, recognise, shown};
use crate::settings::{Selection, SettingsStore};
use in_force::InForce;
use node::Node;
use subject::Subject;

pub(super) fn run(arguments: &ConfigArgs, world: &mut Surroundings<'_>) -> Result<Exit, Failure> {
    let refused = |error| world.misconfigured(&error, arguments.color);
    super::check_roots(&arguments.root, world)?;
    let asked = arguments.path.as_deref();
    let config = Config::find(arguments.config.as_deref(), &world.working, asked, &arguments.root).map_err(refused)?;
    let request = Request { paths: arguments.path.iter().cloned().collect(), ..Request::default() };
    let (config, _) = recognise::complete(config, &request, &world.working);
    let store = SettingsStore::new(config, Selection::default()).map_err(refused)?;
    let subject = arguments.path.as_deref().map(|path| {
        let path = absolute(&world.working, path);
        Subject::read(&store, &path, &shown(&path, &world.working), &world.working)
    });
    let subject = subject.transpose()?;
    let values = InForce::new(&store, subject.as_ref(), arguments.all).values();
    let text = match arguments.format {
        ConfigFormat::Yaml => yaml(&store, subject.as_ref(), &values, arguments, world),
        ConfigFormat::Json => json(&store, subject.as_ref(), &values)?,
    };
    world.out.write_all(text.as_bytes())?;
    Ok(Exit::Clean)
}

/// A configuration that can be used as it is, with comments.
fn yaml(
    store: &SettingsStore,
    subject: Option<&Subject<'_>>,
    values: &Node,
    arguments: &ConfigArgs,
    world: &Surroundings<'_>,
) -> String {
    let color = arguments.color.colors(world.color);
    let mut head = vec![format!("cognate {}; configuration: {}", env!("CARGO_PKG_VERSION"), origin(store))];
    head.extend(subject.map(Subject::lines).unwrap_or_default());
    let mut text: String = head.iter().fold(String::new(), |text, line| text + &node::comment(line, color) + "\n");
    text.push_str(&values.yaml(world.width, color));
    if !arguments.all {
        text.push_str(&node::comment("what is not shown of rules is built in: --all shows it", color));
        text.push('\n');
    }
    text
}

fn json(store: &SettingsStore, subject: Option<&Subject<'_>>, values: &Node) -> Result<String, String> {
    let object = serde_json::json!({
        "version": env!("CARGO_PKG_VERSION"),
        "configuration": origin(store),
        "document": subject.map(Subject::json),
        "values": values.json(),
    });
    let text = serde_json::to_string_pretty(&object).map_err(|error| error.to_string())?;
    Ok(format!("{text}\n"))
}

/// Where the whole of a configuration comes from.
fn origin(store: &SettingsStore) -> String {
    let provenance = &store.config().provenance;
    let file = provenance.file.as_ref().map(|file| file.source().name().to_owned());
    file.or_else(|| provenance.recognised.clone()).unwrap_or_else(|| "none, all is built in".to_owned())
}
