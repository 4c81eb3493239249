"""The forms of other programs and of the standards, in and out. Nothing of the core imports this.

    lint(content)                  # lint, reading_rules: a PACT footprint, judged rule by rule
    bought(supplied, …)            # pact_factor: a supplier's PACT footprint as a number records can buy
    untp_passport(passport)        # untp: UNTP Digital Product Passport
    transformation(passport, …)    # epcis: EPCIS 2.0 TransformationEvent
    write_openlca(system, …)       # openlca: openLCA JSON-LD, and back as a network
    sheet(footprint, …)            # tables: CSV and XLSX

The comments name the files to read.
"""
