"""The forms of other programs and of the standards, in and out. Nothing of the core imports this.

    lint(content)                   # lint, reading_rules: a PACT footprint, judged rule by rule
    bought(content, purchase, …)    # pact_factor: a supplier's PACT footprint as a number records can buy
    untp_passport(passport)         # untp: a Digital Product Passport of the UN Transparency Protocol
    transformation(passport, …)     # epcis: an EPCIS 2.0 TransformationEvent
    openlca_zip(system, …)          # openlca: JSON-LD for openLCA
    read_network(path)              # openlca_network: and back, through the reader of backgrounds
    csv_table(…), workbook(…)       # tables: for spreadsheets

The comments name the files to read.
"""
