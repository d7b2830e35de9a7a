// Package plot draws the results of a programme: payments against plans, the range
// of payments, where children live with and without the programme, and what is
// left of avoided cost after payments.
//
// # Charts
//
// Every chart is a function that takes a programme and, where it needs them, the
// results of its cases or of a sensitivity analysis, and returns a [Figure]:
//
//	Achievements        units of each outcome against target, by case
//	Payments            payments by quarter: plans, actual payments, cases
//	CumulativePayments  cumulative payments as a fan, with the contract cap
//	Occupancy           where children live in each week, in both arms
//	Survival            how long planned placements last, against the counterfactual
//	CouncilWaterfall    the same for one council alone, in each case
//	Waterfall           from gross avoided cost through payments to the net saving
//	NetSaving           the distribution of the net public saving, by case
//	SavesMoreThan       the probability of saving more than an amount, for all and each council
//	SavingCurve         the probability of a net public saving along a price or another driver
//	DeadweightCurve     the same along deadweight
//	Programmes          several programmes side by side, published and modelled
//	Tornado             how much a figure depends on each input, one at a time
//	Indices             how much of what is not known of a figure is each input's
//	Spider              the mean of a figure by tenth of each input
//	TwoInputs           a figure at pairs of values of two inputs, with the break-even line
//	Bridge              what each change between two versions contributes
//
// Of published figures alone, without a model and a foot about one:
//
//	PublishedPayments      plans and actual payments by quarter
//	PublishedAchievements  units of each outcome against target
//	PublishedProgrammes    several programmes side by side
//
// For a programme with delivery terms these charts are for those who provide the
// capital. For any other programme they return an error that wraps
// finance.ErrNoDelivery:
//
//	CapitalPosition     receipts less cost of delivery at its lowest in each quarter, with the facility
//	CapitalRequirement  the distribution of the capital requirement, by case
//	Returns             the distribution of a party's rate of return, by case, with the hurdle
//	ShortfallCurve      the probability that the facility is too small, by cost of delivery
//	Stresses            the effect of each stress on the facility needed and the surplus
//	StressGrid          one figure at every pair of values of two drivers, as a heat map, with the border of an even chance
//
// The programme that is given with results may be that of any of the cases:
// targets, published figures and the register of inputs are taken from it.
//
// # Figures
//
// [Figure.Write] writes a figure as SVG, PNG, PDF or CSV to any io.Writer. The same
// figure gives the same bytes every time. The default title is what the chart finds,
// made from the figures that are drawn, and the subtitle the measure, and on a line of
// its own place, period, prices and case. Your own title takes its place:
//
//	figure, err := plot.CumulativePayments(programme, result)
//	figure.Title = "Payments stay within the plan in four replications out of five"
//	err = figure.Write(file, plot.SVG)
//
// Each [Panel] holds a gonum plot that can be edited before the figure is written:
// [Colours] and [Lettering] are those of all charts, [Figure.PlaceLabel] writes a label
// where it touches nothing, and Figure.Additions tells the alternative text what else
// was added. The letters of an SVG file are shapes, so that it looks the same wherever
// it is drawn; for a page, [Figure.WriteLive] writes live text and [FontStyle] embeds
// its letters once.
// The CSV format is the table of the figures that are drawn, and [Figure.Alt]
// describes the chart, with its figures, for readers who cannot see it; SVG and PDF
// carry this text too.
//
// # Sources and assumptions
//
// The note at the foot of a figure names the sources of published figures, says how
// the rest was simulated, and names the inputs that the chart depends on and that
// the programme's register marks as assumed: tariffs, unit costs, moves between
// states and so on. Ranges and chances are those of a run: over chance and rates where
// inputs are uncertain, and otherwise chance alone, at these rates. The note says which.
//
// # Conventions
//
// Money is in £, £k or £m, chosen once for an axis. Quarters are calendar quarters
// labelled in financial years: "Q1 2022/23" is April to June 2022. The colours of
// cases run from light to dark, so that they can be told apart in grey print and by
// readers with colour blindness; actual and published figures are drawn in black.
//
// # What it does not do
//
// It computes no figure that a result or an exact expectation does not hold, apart
// from sums and quantiles of them, and it reads and writes no files.
package plot
