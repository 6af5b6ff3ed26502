//! An estate on disk.

use std::fs;
use std::path::Path;

use rayon::prelude::*;

use crate::Failable;
use crate::generator::{Article, ENGLISH, LOCALES, Page, render};

/// What is written.
pub(crate) struct Estate {
    pub(crate) seed: u64,
    pub(crate) articles: u64,
    /// With the English pages.
    pub(crate) references: bool,
}

impl Estate {
    /// Writes it, and says how many files and bytes that is.
    pub(crate) fn write(&self, folder: &Path) -> Failable<(usize, u64)> {
        for locale in LOCALES.iter().chain([&ENGLISH]) {
            fs::create_dir_all(folder.join(locale.tag))?;
        }
        if !self.references {
            fs::remove_dir_all(folder.join(ENGLISH.tag))?;
        }
        fs::write(folder.join("cognate.yaml"), self.configuration())?;
        let sizes: Result<Vec<(usize, u64)>, std::io::Error> =
            (0..self.articles).into_par_iter().map(|number| self.article(folder, number)).collect();
        Ok(sizes?.into_iter().fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1)))
    }

    fn article(&self, folder: &Path, number: u64) -> Result<(usize, u64), std::io::Error> {
        let article = Article::new(self.seed, number);
        let (mut files, mut bytes) = (0, 0);
        let reference = self.references.then_some(Page { locale: &ENGLISH, slips: None });
        let pages = LOCALES.iter().map(|locale| Page { locale, slips: Some(self.seed) });
        for page in reference.into_iter().chain(pages) {
            let text = render(&article, page);
            (files, bytes) = (files + 1, bytes + text.len() as u64);
            fs::write(folder.join(page.locale.tag).join(&article.name), text)?;
        }
        Ok((files, bytes))
    }

    fn configuration(&self) -> String {
        let reference = if self.references { "reference: \"en-US/{path}\", " } else { "" };
        format!("layout: {{ {reference}translation: \"{{locale}}/{{path}}\" }}\nextends: [microsoft-learn]\n")
    }
}
