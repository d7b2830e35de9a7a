// Package scenario reads programme files and applies cases, variants and stresses,
// which are named sets of edits, to them.
//
// [Read] checks a whole file, with every case and variant, and reports all that
// is wrong with it in one go: each [model.Fault] says where, what was given and what
// is allowed. [Document.Programme] then gives a [model.Programme] for a case
// and any further edits. [Open] reads a programme of the embedded library, and
// [Template] is a commented file to start from, with every setting there is.
//
// # The format
//
// A programme file is one YAML document of named settings. YAML is used in its
// plain form: no anchors, aliases, merge keys or tags, and no second document.
// Nothing in a file is ignored: a name that is no setting is a fault.
//
//	format: 1                        # always
//	programme: dn2                   # short name
//	title: …                         # also about, price base, sources, cautions
//	start: 2020-10-01                # first day of week 0
//	end: 2026-09-30                  # weeks that end by then are counted
//	discount rate: 3.5%              # the default
//	inflation: 2%                    # a year; needed where a tariff is indexed
//	commissioners: {Derby: 27.45%, …}           # shares of referrals; together 100%
//	states: {"foster, planned": {parent: foster}}    # beside the five there always are
//	background: {foster: ROW, …}     # how children move without the programme
//	ages at referral: {from: 10, to: 17}
//	cohorts: {NAME: {referrals: …, start state: …, planned state: …, lag: …, failure: ROW, …}}
//	metrics: {NAME: {cohorts: […], trigger: {full weeks: {…}}, tariff: …, cap: …}}
//	contract cap: 9123323            # or none
//	year caps: {every year: 500000, 2021/22: 450000}    # or none
//	grants: {2020Q2: 161510}         # or none
//	payers: {NAME: {share: 27.5%}, commissioner: {share: 72.5%}}
//	unit costs: {foster: 1000, …}    # £ for a child-week
//	capacity: {starts per quarter: 25, lapse after: 26 weeks}    # or none
//	delivery: {fixed per quarter: 90000, per case week: 150, …}  # what it costs to run
//	facility: {investors: {NAME: 450000}, recycling: yes, …}     # the capital behind it
//	affordability: [{commissioner: Derby, year: 2022/23, amount: 400000}]
//	minimum referrals, savings targets, published: …
//	measures: {NAME: {note: …, results: {2024-06-30: 0.5}}}    # recorded, never priced
//	cases: {low: {note: …, edits: {PATH: VALUE}}}
//	compare: [low, medium, high]
//	variants: {flat tariffs: {edits: …}}
//	stresses: [NAME, …]              # the variants that are stresses
//	all at once: [NAME, …]           # the stresses that are put on together
//
// Numbers are read from the text as written, in decimal. Amounts are plain
// numbers of pounds, to the penny. Shares, probabilities and rates may be in
// per cent: 27.5% is 0.275. Weeks are 26 or 26 weeks, months 6 or 6 months, days
// 489 or 489 days, ages 10 or 10 years, dates 2020-10-01, quarters 2021Q1 and
// financial years 2020/21.
//
// Referrals fall into the whole weeks, counted from the start, that begin on or
// after their first day and end on or before their last. In a pause,
// pauses: [{from: 2021-04-01, to: 2021-09-30}], nobody is referred: it has the
// weeks whose last day lies in it, as a quarter has.
//
// # Rows of moves
//
// A ROW is how children leave a state. The rest stays, and is never written.
// It is one of
//
//	{foster: RATE, reunified: RATE}              # a rate for each destination
//	{hazard: RATE, to: {foster: 30%, …}}         # a rate of leaving, shared out
//	none
//	[{weeks since referral: 0 to 25, weeks in state: 26 on, moves: {…}}, …]
//
// In the last, each piece has moves, or hazard and to, and holds in the weeks
// that it names, counted from 0, both ends included; a clock that it does not
// name does not matter. Pieces must cover all weeks, once. A RATE is one of
//
//	0.002                            # a weekly probability
//	{within: 52 weeks, probability: 20%}
//	{annual rate: 0.3}               # events in a child-year
//	{mean stay: 40 weeks}            # as a hazard, or the only move of its row
//	{still there: 60%, at: 52 weeks} # likewise
//
// Probabilities within some weeks are crude: each is the chance of leaving for
// that state while the others also act. So all moves of a row are then given
// within the same weeks, and are converted together.
//
// A cohort's own background replaces the common moves one by one: a piece of it
// replaces the moves to the destinations that it names itself, in the weeks in
// which it holds, and leaves all others as they are. A destination with 0 stops
// a move. A hazard, a mean stay, a share still there and probabilities within
// some weeks speak of all who leave, so a piece in one of these forms has to name
// every destination that the common row has in its weeks.
//
// # Inflation
//
// Care costs are in the prices of the first financial year, and payments under
// an indexed tariff in pounds of the day. Before they are set against care cost
// or discounted, indexed payments are brought into the prices of the first
// financial year with general inflation.
//
// # Metrics
//
// A metric's trigger is one kind with all of its terms, by the names that
// [contract.Trigger] gives them. A list of milestones is written
// [1 week, 13 weeks]; where a trigger has several lists, any of them may be left
// out. A metric may be limited to some commissioners, and to ages from one up to
// but not including another, {from: 16 years, to: 18 years}, either of which may
// be left out; deadweight is the share of units taken off before it pays. A
// tariff of none is 0: the outcome is recorded and reported, and never paid.
//
// # Payers
//
// A payer's share is one share, or a list of shares with the date from which
// each holds. The name commissioner stands for whichever council makes the
// claim; a council whose share differs may stand under its own name and then
// shares in its own claims. Any other payer's name must differ from these by more
// than a slip of the pen.
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
// Wherever a value stands, {value: …, status: …, source: …, note: …} may stand
// instead. What it says of a block holds for everything in the block that says
// nothing of its own, and the setting evidence says it for the whole file. A
// value with a status of its own inherits nothing; one without takes over what
// it does not say. Every single value, and every list of them, becomes a line
// of [model.Programme.Register]. A source is a name listed under sources, or free
// text that is not nearly one.
//
// A value that was chosen to give a result of the central projection says so
// beside it, as data:
//
//	solved for: {case: medium, measure: internal rate of return, result: 8%}
//
// Measure and result are for people; case, which may be left out, is one of the
// file's. See [model.SolvedFor].
//
// # Published figures
//
// Under published stand totals, plans, actual payments and results: figures to
// set beside those of the model, which do not depend on them. A total may say
// beside its value what it is, so that a chart finds the figure that belongs
// beside it, and may leave it out; then it is listed and in no chart:
//
//	service users targeted: {value: 304, kind: targeted, counts: service users}
//	days out of care to September 2024: {value: 145852, kind: achieved, counts: days out of care, to: 2024-09-30}
//
// The kinds are those of [model.TotalKind]: targeted, engaged, achieved, maximum
// and paid. What a total counts is written in the same words wherever the same is
// counted; to is the last day that is counted, which an achieved total has to
// say; superseded: yes marks a figure that a later one has replaced. status,
// source and note may stand beside them as beside any value.
//
// # Cases, variants and edits
//
// A case is a set of edits to the file; a variant is a set of edits on top of
// any case. Edits change the document before it is read as a programme, so the
// result is checked as strictly as the file; a fault stands at the edit and names
// the case or variant. A new name that is all but equal to one that is there is a
// fault too. A star also stands for what is added to a file later.
// [Edit] describes paths. The new value is a value as above, {times: 0.8} or
// {plus: 7 months}. It takes nothing over from what it replaces: its status is its
// own, or the case's, or not stated.
//
// # Stresses
//
// A stress is a variant that says what may go wrong. Those that the file lists
// are joined by common ones that come with this package and fit most programmes;
// one whose edits find nothing to change is left out. A variant with the name of a
// common stress takes its place. [AllAtOnce] puts several on together: those that the
// file names, or else a choice of the common ones.
package scenario
