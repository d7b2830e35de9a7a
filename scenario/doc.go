// Package scenario reads programme files and makes versions of them: a case, with
// variants, stresses and edits on top.
//
// [Read] checks a whole file, with every case and variant, and reports everything
// that is wrong with it at once: each [model.Fault] says where, what was given and
// what is allowed. [Document.Version] then makes a [Version], which holds the
// [model.Programme] that everything else in this module runs. [Open] reads a
// programme of the embedded library, and [Template] is a commented file to start
// from, with every setting of the format.
//
// # Versions
//
// A version is written as people say it:
//
//	medium
//	medium + flat tariffs
//	medium + referrals down 20% + {unit costs.residential=5200}
//	base + {contract cap*=0.9} + {end+=7 months}
//	+ flat tariffs
//
// First comes a case; if it is left out, it is the first case of the file. Any
// number of variants, stresses and edits follow, each after a plus sign with a
// space on both sides. They are applied in this order. An edit is written in
// braces, in the form of [ParseEdit]. No case and no variant has a name with a
// comma, a brace, a quotation mark or a plus sign with spaces around it, so no name
// is read as anything else. Where a version begins with a file, as offers do, the
// name of the file may stand in quotation marks, and then have any of these.
//
// A driver with an amount, medium + referrals down 25%, is read by package sensitivity
// (its function Version), which writes it as the edits that it makes.
//
// [SplitVersions] divides a list of versions at its commas, and [SplitFirst] takes
// the first part off. [Version.Name] writes a version so that it is read as the
// same version again; [Version.Layers] and [Version.Changes] say the same as data.
//
// # The format
//
// A programme file is one YAML document of named settings. YAML is used in its
// plain form: no anchors, aliases, merge keys or tags, and no second document.
// Nothing in a file is ignored: a name that is not a setting is a fault.
//
//	format: 1                        # always
//	programme: dn2                   # short name
//	title: …                         # also about, sources, cautions, not in the ranges
//	start: 2020-10-01                # first day of week 0
//	end: 2026-09-30                  # weeks that end by then are counted
//	currency: AUD                    # or A$; pounds sterling if left out
//	price base: constant 2022/23 prices
//	inflation: 2%                    # a year; see below
//	discount rate: 3.5% real         # the default
//	commissioners: {Derby: 27.45%, …}           # shares of referrals; together 100%
//	states: {"foster, planned": {parent: foster}}    # besides the five that every programme has
//	background: {foster: ROW, …}     # how children move without the programme
//	ages at referral: {from: 10, to: 17}
//	cohorts: {NAME: {referrals: …, start state: …, planned state: …, lag: …, failure: ROW, …}}
//	metrics: {NAME: {cohorts: […], trigger: {full weeks: {…}}, tariff: …, cap: …}}
//	contract cap: 9123323            # or {amount: 9123323, indexation: 0%}, or none
//	year caps: {every year: 500000, 2021/22: 450000}    # or none
//	grants: {Q1 2020/21: 161510}     # or none
//	delivery fee: {per month: 12000, contract cap: counts}    # or is outside
//	payers: {NAME: {share: 27.5%}, commissioner: {share: 72.5%}}
//	unit costs: {foster: 1000, …}    # £ for a child-week
//	capacity: {starts per quarter: 25, lapse after: 26 weeks}    # or none
//	delivery: {fixed per quarter: 90000, per case week: 150, …}  # what it costs to run
//	facility: {investors: {NAME: 450000}, recycling: yes, …}     # the capital behind it
//	affordability: [{commissioner: Derby, year: 2022/23, amount: 400000}]
//	minimum referrals, savings targets, published: …
//	measures: {NAME: {note: …, results: {2024-06-30: 0.5}}}    # recorded, never priced
//	cases: {low: {note: …, edits: {PATH: VALUE}, conditioned on: …}}
//	compare: [low, medium, high]
//	variants: {flat tariffs: {edits: …}, cheap: {edits: …}, dear: {edits: …}}
//	uncertain: {NAME: {multiplies: [PATH, …], factor: {value: 1, range: 0.7 to 1.4}}}
//	alternatives: {NAME: {as in the file: 60%, cheap: 40%}}
//	correlations: [{between: [PATH, PATH], rank correlation: 0.5}]
//	ranges: {price of care: {low: cheap, high: dear}}
//	stresses: [NAME, …]              # the variants that are stresses
//	all at once: [NAME, …]           # the stresses that make up "all at once"
//
// Numbers are read from the text as written, in decimal. Amounts are plain
// numbers to two decimals, before which the sign or code of the file's currency may
// stand, £4000; that of another currency is an error. Shares, probabilities and rates may be
// percentages: 27.5% is 0.275. Weeks are 26 or 26 weeks, months 6 or 6 months, days
// 489 or 489 days, ages 10 or 10 years, dates 2020-10-01, financial years
// 2020/21 and quarters Q4 2020/21. The calendar quarter, 2021Q1, is read as the same
// and shown as the quarter of the financial year.
//
// Referrals fall into the whole weeks, counted from the start, that begin on or
// after their first day and end on or before their last. In a pause,
// pauses: [{from: 2021-04-01, to: 2021-09-30}], nobody is referred. A week
// belongs to a pause if its last day does, as a week belongs to a quarter.
//
// What may well be meant and is more often a mistake is no fault: payments that fall
// after the end, a weekly chance that was meant for a year. Results of package
// montecarlo carry warnings of these, with the amount at stake.
//
// # Rows of moves
//
// A ROW is how children leave a state. Those who stay are not written. It is one
// of
//
//	{foster: RATE, reunified: RATE}              # a rate for each destination
//	{hazard: RATE, to: {foster: 30%, …}}         # a rate of leaving, shared out
//	none
//	[{weeks since referral: 0 to 25, weeks in state: 26 on, moves: {…}}, …]
//
// In the last form, each piece has moves, or hazard and to, and holds in the weeks
// that it names, counted from 0, both ends included; a clock that it does not
// name does not matter. Pieces must cover all weeks, once. A RATE is one of
//
//	0.002                            # a weekly probability
//	{within: 52 weeks, probability: 20%}
//	{annual rate: 0.3}               # events in a child-year
//	{mean stay: 40 weeks}            # as a hazard, or the only move of its row
//	{still there: 60%, at: 52 weeks} # as mean stay
//
// Each of the last four may have a factor, as {still there: 60%, at: 52 weeks, times:
// 1.2}. It multiplies the weekly probability that the rate comes to, not the share or
// the stay that is written: 1.2 times 60% still there at 52 weeks is 54.1%. To
// multiply a rate in an edit does the same to it.
//
// Probabilities within some weeks are crude: each is the probability of leaving for
// that state while the others also act. So all moves of a row must then be given
// within the same weeks, and they are converted together.
//
// A cohort's own background replaces the common moves one by one: a piece of it
// replaces the moves to the destinations that it names, in the weeks in which it
// holds, and leaves all others as they are. A destination with 0 stops a move. A
// hazard, a mean stay, a share still there and probabilities within some weeks are
// about all children who leave, so a piece in one of these forms must name every
// destination that the common row has in its weeks.
//
// # Inflation
//
// Without inflation everything is in constant prices. With it, the price base names
// a financial year, and every amount keeps its value, so that in cash it rises with
// inflation on each 1 April. An amount with an indexation of its own is cash as
// stated in the price base year and rises by that instead. It may stand beside the
// amount of a tariff, a cap, a year cap, a grant, a unit cost, a savings target or a
// limit of affordability, and for all amounts of delivery or facility together.
// Published payments are cash of their quarter. Yearly rates say then whether they
// are real or nominal. See [contract.PriceIndex] and docs/prices.md.
//
// # Metrics
//
// A metric's trigger is one kind with all of its terms, by the names that
// [contract.Trigger] gives them. A list of milestones is written
// [1 week, 13 weeks]; where a trigger has several lists, any of them may be left
// out. The first week that is paid is counted from 0, first payable week: 3 weeks,
// or from 1, first week paid: 4th, which is the same; months have first payable
// month and first month paid. A metric may be limited to some commissioners, and to ages from one up to
// but not including another, {from: 16 years, to: 18 years}, either of which may
// be left out; deadweight is the share of units that is deducted before it
// pays. A tariff of none is 0: the outcome is recorded and reported, but never
// paid. Where the trigger looks at the whole cohort on a date, the tariff may have
// tiers of the cohort's rate in place of an amount, {tiers: [{from: 65%, amount:
// 60000}, …]}, from the highest rate down: see [contract.Tier]. Any tariff may have
// another price beyond a number of units, {amount: 500, beyond: {units: 2400, amount:
// 560, counted: in all}}, or each year: see [contract.Beyond].
//
// # Payers
//
// A payer's share is one share, or a list of shares with the date from which
// each holds. The name commissioner is for whichever council makes the claim; a
// council whose share differs may be listed under its own name, and then shares in
// its own claims only. With claims: all, councils under their own names pay fixed
// shares of all claims instead, whichever council's child it is; then every payer's
// share is of all claims, and what is over a payer's cap goes to the others in
// proportion to their shares, unless it says then: stop. The name of any other
// payer must not be almost the same as one of these.
//
// # Delivery, capital and affordability
//
// Delivery is what it costs to run the programme and when money moves, in the
// terms of [model.Delivery]: amounts in the prices of the first financial year,
// fixed costs as one amount or a list of amounts from dates on, and fees by any
// name, each {per quarter: 5000}, {once: 40000, on: 2023-03-31} or both. Facility is
// the capital that pays for it, in the terms of [model.Facility]; an investor is a
// commitment or a block {commitment: 450000, rank: 1, provider: yes, surplus: 50%}.
// Capacity limits starts, as [model.Capacity] says, and affordability is the most that
// a commissioner can pay in a financial year. All four may be left out.
//
// # Where figures come from
//
// Any value may be written as {value: …, status: …, source: …, note: …}. For a
// block this holds for everything in the block that does not say otherwise, and
// the setting evidence holds for the whole file. A value with its own status
// inherits nothing; a value without one inherits what it does not say. Every
// single value, and every list of values, becomes a line of
// [model.Programme.Register]. A source is a name listed under sources, or free text
// that is not almost one of these names.
//
// A value that was chosen to give a result of the central projection says so
// beside it, as data:
//
//	solved for: {case: medium, measure: internal rate of return, result: 8%}
//
// Measure and result are for people to read; case, which may be left out, is a case
// of the file. See [model.SolvedFor]. A value that was fitted to what is published
// says up to which day, so that a backtest can tell what has seen the quarters
// that it holds out:
//
//	fitted to: 2024-06-30
//
// A value of an appraisal, such as a discount rate, an inflation or a unit cost,
// says of which edition of its source it is, and by when a newer one is due:
//
//	edition: Green Book, 5 February 2026
//	next due: 2027-02-05
//
// # Published figures
//
// The setting published has totals, plans, actual payments and results: figures to
// show beside those of the model, which do not depend on them. A total may say
// beside its value what it is, so that charts can show it beside the right figure;
// a total that does not is listed, and no chart shows it:
//
//	service users targeted: {value: 304, kind: targeted, counts: service users}
//	days out of care to September 2024: {value: 145852, kind: achieved, counts: days out of care, to: 2024-09-30}
//
// The kinds are those of [model.TotalKind]: targeted, engaged, achieved, maximum
// and paid. Totals that count the same must say so in the same words; to is the last
// day that is counted, which an achieved total must say; superseded: yes marks a
// figure that a later one has replaced. These may have status, source and note, as
// any value may.
//
// # Cases, variants and edits
//
// A case is a set of edits to the file; a variant is a set of edits on top of any
// case. Edits change the document before it is read as a programme, so the result
// is checked as strictly as the file; a fault has the place of the edit and names
// the case or variant. A new name that is almost the same as an existing one is
// also a fault. A star also applies to what is added to a file later. [Edit]
// describes paths. The new value is a value as above, {times: 0.8} or
// {plus: 7 months}. It inherits nothing from the value that it replaces: its status
// is its own, or that of the case, or not stated.
//
// # How well a number is known
//
// A number may say how well it is known. The value is then its mean, and it is drawn
// anew in each replication:
//
//	{value: 0.008, range: 0.005 to 0.0117}   # 90% lies between the ends
//	18 of 30                                 # a count, which is a share with its law
//	{value: 60%, triangular: 50 to 75%}      # or PERT, or uniform: the ends are limits
//	{value: 4000, normal: 3500 to 4500 within 3000 to 5000}
//	{value: 13 weeks, one of: {13 weeks: 60%, 26 weeks: 40%}}
//
// The law of a range follows from what the number is: Beta for a share or a
// probability, LogNormal for a rate, a factor or a mean stay, Gamma for an amount or a
// number of children. Weeks and dates have lists alone. Shares that make 100% are
// counts out of one total, {residential: 14 of 20, foster: 6 of 20}, and vary together
// (Dirichlet). A range that no law of its family has is a fault, which says what range
// would do, and so is one under which more than one draw in a million cannot be.
//
// The setting uncertain names factors that multiply several inputs together;
// alternatives, variants of which one holds, of which the first is in the central
// projection and one that is put on top by name is taken as known; and correlations,
// how far two inputs go together, by rank. An edit with a new value makes a number
// certain; one that multiplies or adds does the same to the ends of its range.
// [model.Programme.Uncertain] has all of it as data, and [Version.Drawer] makes draws:
// programmes with other values. docs/how-sure.md says how to ask people for ranges.
//
// # Ranges between variants
//
// A case may hold uncertain inputs to what was paid, with a table of draws of a posterior
// that stands beside the file ([ReadBeside], [WriteDraws]): conditioned on: {draws:
// mine.csv, paid to: 2024-06-30, seed: 1, effective sample size: 2500, digest: …}. The
// draws are data in [model.Programme.Conditioned]. A version that changes what they depend
// on has none, and says so with [Version.LawsAlone].
//
// A range names something uncertain and two variants: one gives it its low value,
// the other its high value. Package sensitivity shows what each does to a result.
//
// # Stresses
//
// A stress is a variant for something that may go wrong. Besides those that the
// file lists, common ones come with this package and fit most programmes; a stress
// whose edits find nothing to change is left out. A variant with the name of a
// common stress replaces it. [AllAtOnce] is several stresses together: those that
// the file names, or a selection of the common ones by default.
package scenario
