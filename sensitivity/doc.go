// Package sensitivity runs one programme many times: under stresses, along one
// driver, with each input low and high, with facilities of different sizes. It
// answers what commissioners and investors ask before they sign.
//
//	Stress   what does each thing that may go wrong do to costs, capital and return?
//	Solve    at which value of one unknown is a goal reached?
//	Reverse  how bad must one thing be for the facility to be too small?
//	Grid     what do two drivers do together?
//	Size     how large must the facility be, to be enough 19 times in 20?
//	Curve    what do capital, risks and savings come to along one driver?
//	Tornado  which input matters most?
//
// What decides one figure of one council, payer or investor is asked with a measure:
//
//	TornadoOfRanges  how far does it go over each input's own range?
//	Indices          what share of its variance is each input's? (Sobol indices)
//	Spider           what is its mean by tenth of each input?
//	GridOf           what is it at pairs of two inputs, and where is it 0?
//	CasesByStresses  what is it in each case under each stress?
//	Bridge           what does each change contribute between two versions, to the penny?
//
// Each takes a document of package scenario and says in [Options] which version
// of it to run: a case, edits to it, and whose money is meant. The first five run
// all replications and give probabilities. The last works on the central
// projection, which takes milliseconds:
//
//	dn2, err := scenario.Open("dn2")
//	o := sensitivity.Options{Case: "medium"}
//	stresses, err := sensitivity.Stress(ctx, dn2, nil, o)
//	worst := stresses.WorstFirst(sensitivity.BySurplus)[0]
//
// # Common random numbers
//
// All runs of one call have the same seed, and a child's life is drawn from the
// same random numbers in each of them (see package montecarlo). What differs
// between two runs is what was changed, so differences are known far better than
// the figures themselves, and a search is not misled by noise. Versions that
// differ in money alone are priced from the same lives, so they are also quick.
// The seed still matters: every probability comes with its Monte Carlo standard
// error, and an answer found by a search is known no better than the probability
// at it.
//
// # Drivers and inputs
//
// A [Driver] is one number with a range: a factor on referrals, days by which
// claims are paid later. It is data, made of paths in the programme's file. An
// [Input] is a low and a high set of edits. [Drivers] and [Inputs] return those
// that fit a programme, however its rates and prices are written; the inputs
// include every range that the file states.
//
// # Limits of the answers
//
// A stress is not a forecast: it has no probability, and the worst of a list is
// only the worst that somebody thought of. Several at once need not be worse than
// one: fewer referrals earn less and need less capital too.
//
// A reverse answer holds for one driver with all others as they are. In practice
// they move together. Where a probability rises and falls again along the
// driver, the crossing is the one nearest to the case as it is; [Answer.Tried]
// shows the other values that were run.
//
// A size is enough against chance in children's lives and against what the file says
// is uncertain. Where the file has no ranges, and with Options.Run.FixedRates, it is
// enough against chance alone and does not say how well the rates are known, which
// matters more: size the facility in several cases, and under stresses.
//
// A curve changes one thing in a programme, and its axis is what the driver
// multiplies. For a chart against deadweight, take [Point.Deadweight] of the
// driver [WithoutProgramme] or, where no child is referred in a state that counts
// as success, [IntoSuccess]. [DeadweightValues] has the values of a driver that give even
// steps of deadweight.
//
// A tornado moves one input at a time, over ranges that are not equally likely,
// and so misses what inputs do together. Its bars are central projections: what
// would happen if every input had its stated value and everything went as expected.
// For the capital requirement that
// is below the mean.
//
// # What it does not do
//
// It fits nothing and reads no files, and inputs are drawn by package montecarlo alone.
// It changes neither the document nor the programme that it is given.
//
// # Where things are
//
//	options.go          which version is run, and whose money is meant
//	common_runs.go      runs of many versions with common random numbers
//	grid.go             Grid: two drivers at once
//	stress.go           Stress; stress_text.go reads stresses as people write them
//	stress_tail.go      the replications in which uncertain inputs are drawn high or low
//	stress_correlated.go  what does not follow a stress, though it goes with what is moved
//	start_late.go       what a late start moves, and what it leaves
//	goal.go             Goal; goal_text.go reads and writes it, goal_reading.go reads its figure in a run
//	solve.go            Solve; solve_unknown.go reads what is solved for
//	reverse.go          Reverse: Solve for an event, driver by driver
//	search_line.go      the runs along one driver; crossing_search.go finds where a goal turns
//	facility_size.go    Size
//	curve.go            Curve
//	tornado.go          Tornado
//	tornado_ranges.go   TornadoOfRanges
//	sobol.go            Indices; sobol_estimator.go has the estimators and their sources
//	spider.go           Spider
//	two_inputs.go       GridOf
//	cases_by_stresses.go  CasesByStresses
//	bridge.go           Bridge; bridge_cells.go says how a figure is divided over councils and years
//	driver.go           what a driver is
//	driver_list.go      the drivers of this package; driver_paths.go fits them to a file
//	input_list.go       the inputs of a tornado
//	value.go            Value: which option is best, and what more knowledge is worth
//	value_payoffs.go    what options pay under the same draws; value_inputs.go what may be learned
//	value_study.go      a study of first moves without help; package information has the estimates
//	capital_summary.go  what a run says to those who finance a programme
package sensitivity
