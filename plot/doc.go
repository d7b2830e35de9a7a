// Package plot draws the results of a programme: what was paid against what was
// planned, how far payments may range, where children live with and without the
// programme, and what is left of the cost that is avoided.
//
// # Charts
//
// Every chart is a function that takes a programme, and where it needs them the
// results of its cases or of a sensitivity analysis, and returns a [Figure]:
//
//	Achievements        units of each outcome against target, by case
//	Payments            payments by quarter: plans, actual payments, cases
//	CumulativePayments  cumulative payments as a fan, with the contract's cap
//	Occupancy           where children are week by week, in both arms
//	Survival            how long planned placements last, and what would be otherwise
//	Waterfall           from gross avoided cost through payments to what is left
//	NetSaving           the distribution of the net public saving, by case
//	SavingCurve         the probability of a net public saving along a price or another driver
//	DeadweightCurve     the same, by how much success would be without the programme
//	Programmes          several programmes side by side, published and modelled
//	Tornado             how much a figure depends on each input, one at a time
//
// Where a programme states delivery terms, these show what it means for those
// who put up the capital; otherwise they give an error that wraps
// finance.ErrNoDelivery:
//
//	CapitalPosition     receipts less cost of delivery day by day, as a fan, with the facility
//	CapitalRequirement  the distribution of the capital requirement, by case
//	Returns             the distribution of a party's rate of return, by case, with the hurdle
//	ShortfallCurve      the probability that the facility is not enough, by what delivery costs
//	Stresses            what each stress does to the facility needed and to the surplus
//
// The programme that is given with results is that of any of the cases. Targets,
// published figures and the register of inputs are taken from it; cases are told
// apart by Result.Case.
//
// # Figures
//
// A figure is written with [Figure.SVG], [Figure.PNG] or [Figure.PDF], to any
// io.Writer. The same figure gives the same bytes every time. A chart's title
// says what is measured; where you know what it shows, say that instead:
//
//	figure, err := plot.CumulativePayments(programme, result)
//	figure.Title = "Payments stay within the plan in four cases out of five"
//	err = figure.SVG(file)
//
// Each [Panel] holds a gonum plot that may be edited further before the figure is
// written. [Figure.CSV] writes the figures that are drawn as a table, and
// [Figure.Alt] says in words what is to be seen, with the figures, for readers
// who cannot see it; it stands in the SVG and in the PDF too.
//
// # What every figure says of itself
//
// The line at the foot names the source of what is published, says how the rest
// was simulated, and names the inputs that the chart depends on and that the
// programme's register marks as assumed: tariffs, unit costs, moves between
// states and so on. A chart of payments at assumed tariffs says that they are
// assumed. Ranges are those of a run: how children's lives may turn out at fixed
// rates, and not how well the rates are known.
//
// # Conventions
//
// Money is in £, £k or £m, chosen once for an axis. Quarters are calendar
// quarters, labelled in financial years: "Q1 2022/23" is April to June 2022. The
// colours of cases run from light to dark, so that they can be told apart in
// grey print too and by readers who see colours differently; what happened is drawn
// in ink.
//
// # What it does not do
//
// It works out no figure that a result or an exact expectation does not hold,
// apart from sums and quantiles of them, and it reads and writes no files.
package plot
