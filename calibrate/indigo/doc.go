// Package indigo reads exports of INDIGO, the impact bond dataset of the
// Government Outcomes Lab (GO Lab), University of Oxford.
//
// GO Lab shares these data for research and policy analysis, not for auditing,
// investment or legal purposes, and gives no guarantee of their quality. Cite
// GO Lab wherever a figure is used. The export files are not part of this
// library: get them from GO Lab and read them from any folder.
//
// # Reading
//
// An export is a folder of CSV files. [Read] reads nine of them, any of which
// may be missing:
//
//	projects.csv                               stage, dates, finance, users
//	projects_outcome_metrics.csv               what is paid for, with targets
//	projects_outcome_payment_plans.csv         when each payment plan was valid
//	projects_outcome_payments.csv              planned and actual payments
//	projects_outcome_payment_commitments.csv   what each payer pays at most
//	projects_results.csv                       what has been achieved
//	projects_investments.csv                   who invested how much
//	projects_outcome_pricings.csv              price per unit, for a few projects
//	organisations.csv, or orgs.csv             what organisations are called
//
// Names may have a prefix, as in original_projects.csv. Columns are found by
// name, with or without the suffix " - (Value)". Files may be in UTF-8 or, with
// a byte order mark, in UTF-16, and may have passed through a spreadsheet.
//
//	data, err := indigo.Read(os.DirFS("indigo/2025-12"))
//	dn2, ok := data.Project("DN2")
//	quarters, others := indigo.Quarterly(dn2.Actual())
//
// Everything that is read becomes plain records: a [Project] with its metrics,
// plans, payments, commitments, achievements, investments and prices. Amounts are
// exact decimals, because grossed-up plans have fractions of a penny.
// Organisations are ids; [Project.Organisation] is the name of one, where the export has
// the file of them, of which nothing else is read. Amounts in
// dollars, development goals and lists of sources are not read either.
//
// # What is wrong with the data, and what is done about it
//
// People have typed the exports over many years. A file that cannot be read is an
// error that names file, row, column and remedy. Whatever else is wrong is in
// [Dataset.Repairs], by file, row and column, or in [Dataset.Notes]. Every row is
// either in the dataset or among the repairs.
//
// Repaired: the year of a period's start where it makes a quarter into 15 months
// that overlap quarters with rows of their own; ids, types and project ids that
// are sometimes written with capitals; months that a spreadsheet has turned into
// Jul-21; amounts with a currency, separators of thousands, brackets or a minus
// behind them for an amount below 0, and k, m or million. Left empty: dates and
// types that cannot be read as such, and numbers with more than one meaning or
// none: a dash, a percentage, TBC, a decimal comma, two currencies. Left out: rows without a project, second rows of a
// project or of a plan, and rows whose fields do not fit the columns.
//
// Kept and noted: stated totals that differ from the sums of payments; plans
// and commitments above the maximum, which is reduced when a contract is varied;
// periods that overlap; two rows for one quarter; payers, metrics and plans that
// are in no other file; a stage that does not fit the dates; and targets "of
// service users" that are really weeks or days. The same target, and the results
// with it, can change from weeks to children between two exports without notice,
// so compare exports before you fit anything to either.
//
// # Currencies and totals
//
// Every amount has the code of its currency beside it, which is empty where the
// export gives none: no amount is taken to be in pounds. [Total] and [Quarterly]
// keep currencies apart. An amount that is missing or could not be read is not 0,
// so there is no total of amounts with such a one among them: Total says so, and
// Quarterly returns the payments of that quarter apart.
//
// # Quarters
//
// Many claims are for 2, 5, 7, 9 or 12 months, or for three months that are not a
// calendar quarter. [Quarterly] adds up what is for exactly one quarter and
// returns the rest apart. Nothing is ever spread over quarters.
//
// # Towards a programme file
//
// [Project.Draft] writes what the export holds as the start of a programme file
// of package scenario. The children, and what would have happened to them
// otherwise, are not in INDIGO: the draft lists what is left to write, and has
// placeholders for it, so that what is published can be drawn at once. What is in doubt
// about the project, [Project.Doubts], stands at its top.
//
// # Where things are
//
//	read.go               Read, and which file is which table
//	tables.go             the tables and their columns
//	csv_sheet.go          a file as rows of text
//	cells.go              dates and ids in a row
//	amounts.go            numbers, amounts and their currencies in a row
//	records_from_rows.go  rows to records
//	records.go            what a project is
//	period.go             dates and periods
//	quarters.go           payments by calendar quarter
//	totals.go             sums that say what is missing from them
//	currencies.go         the currencies of a project
//	year_slips.go         the repair of a period's year
//	contradictions.go     figures that cannot all be right
//	faults_and_notes.go   faults, repairs and notes
//	organisations.go      what organisations are called
//	programme_draft.go    the draft; published_figures.go its published block, placeholders.go the rest
package indigo
