-- Records come as BibTeX, RIS and CSV too. Every row kept so far is of the two formats there were, so none is read.
alter table raw_records drop constraint raw_records_format_check;
alter table raw_records add constraint raw_records_format_check
  check (format in ('json', 'xml', 'bibtex', 'ris', 'csv')) not valid;
comment on column raw_records.context is
  'what is needed with the bytes to read them again. XML: encoding, namespaces; CSV: dialect, header; BibTeX: abbreviations';
