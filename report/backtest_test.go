package report

import (
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/calibrate"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/calendar"
)

// backtested is a backtest with two origins: one fit is used at the first, and all
// that were asked for are refused at the second.
func backtested(t *testing.T) *calibrate.Backtest {
	q := calendar.NewQuarter(2023, 1)
	return &calibrate.Backtest{
		Version: versionsOf(t, "dn2", "base")[0], Replications: 2000, Seed: 3,
		Fitted: []model.Input{
			{Path: "cohorts.step-down.failure.hazard", Value: "0.0081", Status: model.Assumed, FittedTo: calendar.NewQuarter(2023, 2).Last()},
			{Path: "metrics.M1 step-down.tariff", Value: "500", FittedTo: q.Last()}, // had not seen what was held out
		},
		Granted: []model.QuarterAmount{{Quarter: q - 1, Amount: decimal.NewFromInt(700)}, {Quarter: q - 2, Amount: decimal.NewFromInt(800)}},
		Derived: []model.QuarterAmount{{Quarter: q - 3, Amount: decimal.NewFromInt(99)}},
		Fits: []calibrate.Fit{
			{
				FittedTo: q, Input: "referrals", Multiplier: 0.61234, Least: 0.1, Most: 3, Typical: 0.123, Stray: new(0.0), Used: true,
				Quarters: []calibrate.BacktestQuarter{
					{Quarter: q, Actual: 100, Modelled: 110, Error: new(0.1)},
					{Quarter: q + 1, Actual: 400, Modelled: 300, Error: new(-0.25), Held: true, Low: new(250.0), High: new(350.0), Inside: new(false)},
					{Quarter: q + 2, Modelled: 50, Held: true, Low: new(0.0), High: new(90.0), Inside: new(true)},
				},
				HeldOut: &calibrate.BacktestQuarter{Actual: 400, Modelled: 350, Error: new(-0.125), Held: true, Low: new(300.0), High: new(410.0), Inside: new(true)},
			},
			{FittedTo: q, Input: "failure", Multiplier: 11.6, Least: 0.25, Most: 4, Refused: true, Typical: 0.3},
			{FittedTo: q + 1, Input: "referrals", Multiplier: 1.5, Least: 0.1, Most: 3, Typical: 0.2, Quarters: []calibrate.BacktestQuarter{{Quarter: q, Actual: 100, Modelled: 110, Error: new(0.1)}}, HeldOut: &calibrate.BacktestQuarter{}},
			{FittedTo: q + 1, Input: "failure", Multiplier: 0.0156, Least: 0.25, Most: 4, Gap: -2500, Refused: true, Typical: 0.4},
		},
	}
}

// A backtest says, of what was held out alone, how far off each fit is, what else
// was tried, what was refused and why, what had seen the quarters held out and what
// was left out.
func TestBacktest(t *testing.T) {
	tables := Backtest(backtested(t))
	require.Len(t, tables, 5)

	first := tables[0]
	require.Equal(t, "DN2 Children's Services Social Impact Bond: backtest", first.Title)
	require.Equal(t, []string{"Case: base", "Fitted to the payments up to each quarter, and held against all later ones; 2,000 replications of each fit, seed 3"}, first.About)
	require.Equal(t, []string{"Q4 2022/23", "referrals", "0.6123", "£400", "£350", "-12.5%", "-25% to -25%", "£300 to £410", "1 of 2"}, shownIn(first.Rows[0]))
	require.Equal(t, []string{"Q1 2023/24", "none: all refused", "-", "-", "-", "-", "-", "-", "-"}, shownIn(first.Rows[1]))
	require.Equal(t, []string{"all", "", "-", "-", "-", "-", "-", "-", "1 of 2"}, shownIn(first.Rows[2]))
	require.Equal(t, []string{"published", "modelled"}, []string{first.Rows[0].Cells[3].Status, first.Rows[0].Cells[4].Status})
	notes := strings.Join(first.Notes, "\n")
	for _, want := range []string{
		"This is not a test on unseen payments: 1 input had been fitted to quarters that are held out here",
		"Up to Q4 2022/23 none of the inputs explains the course of payments: with referrals × 0.6123 a typical quarter is 12.3% off, and chance alone is that far off in <0.2% of replications.",
		"Up to Q1 2023/24 every input asked for is refused. Likelier is referrals × 1.5000, with a typical error of 20%.",
		"Left out of every fit and every error: 2 quarters (Q3 2022/23 and Q2 2022/23), £1,500 together, because a grant stood in place of claims.",
		"Left out of every fit and every error: 1 quarter (Q1 2022/23), £99 together, because the file derives or assumes the amount",
	} {
		require.Contains(t, notes, want)
	}

	require.Equal(t, []string{"Q4 2022/23", "referrals", "0.6123", "12.3%", "<0.2%", "-12.5%", "1 of 2", "used"}, shownIn(tables[1].Rows[0]))
	require.Equal(t, []string{"Q4 2022/23", "failure", "11.6000", "30%", "-", "-", "-", "refused: more than × 4"}, shownIn(tables[1].Rows[1]))
	require.Equal(t, []string{"Q1 2023/24", "referrals", "1.5000", "20%", "-", "-", "-", "not asked for"}, shownIn(tables[1].Rows[2]))
	require.Equal(t, "refused: at the nearest, payments are £2,500 below", shownIn(tables[1].Rows[3])[7])
	require.Contains(t, tables[1].Notes[2], "outside 0.1 to 3 for referrals and 0.25 to 4 for failure.")

	require.Equal(t, "Fitted to Q4 2022/23: referrals × 0.6123", tables[2].Rows[0].Heading)
	require.Equal(t, []string{"Q1 2023/24", "£400", "£300", "-25%", "-25%", "£250 to £350", "no", "yes"}, shownIn(tables[2].Rows[1]))
	require.Equal(t, []string{"Q2 2023/24", "£0", "£50", "-", "-12.5%", "£0 to £90", "yes", "no"}, shownIn(tables[2].Rows[2])) // no error relative to nothing
	// One input is fitted to 30 June 2023, the last day of Q1 2023/24: the quarter after is unseen.
	require.Contains(t, tables[2].Notes[1], "a test on payments that nothing was fitted to: Q2 2023/24 alone.")

	require.Len(t, tables[3].Rows, 1)
	require.Equal(t, []string{"cohorts.step-down.failure.hazard", "0.0081", "30 June 2023", "assumed"}, shownIn(tables[3].Rows[0]))

	sheet := tables[4]
	require.True(t, sheet.Sheet)
	// Of the fit that is used 3 figures, and of its quarters: one that was fitted has actual,
	// modelled and error, one held out its range and whether it lies inside too, and one of
	// which nothing was paid has no error. Of each fit that was refused 2 or 3.
	records := sheet.records()
	var lines []string
	for _, record := range records {
		lines = append(lines, strings.Join(record, ","))
	}
	for _, want := range []string{
		"dn2,base,Q4 2022/23,referrals,used,,,,multiplier,0.61234,ratio,2000,3",
		"dn2,base,Q4 2022/23,referrals,used,Q1 2023/24,true,true,actual,400,GBP,2000,3",
		"dn2,base,Q4 2022/23,referrals,used,Q1 2023/24,true,true,modelled,300,GBP,2000,3",
		"dn2,base,Q4 2022/23,referrals,used,Q1 2023/24,true,true,error,-0.25,share,2000,3",
		"dn2,base,Q4 2022/23,referrals,used,Q1 2023/24,true,true,range low 5%,250,GBP,2000,3",
		"dn2,base,Q4 2022/23,referrals,used,Q1 2023/24,true,true,range high 95%,350,GBP,2000,3",
		"dn2,base,Q4 2022/23,referrals,used,Q1 2023/24,true,true,inside the range,0,probability,2000,3",
		"dn2,base,Q4 2022/23,failure,refused: more than × 4,,,,typical error,0.3,share,2000,3",
	} {
		require.Contains(t, lines, want)
	}
	require.Len(t, lines, len(slices.Compact(slices.Sorted(slices.Values(lines)))), "a figure stands once")
	for _, record := range records {
		require.Len(t, record, len(sheet.Columns))
	}
}

// What is not known about fitted inputs is said too.
func TestBacktestOfInputsThatSayNothing(t *testing.T) {
	b := backtested(t)
	b.Fitted = b.Fitted[1:]
	require.Contains(t, strings.Join(Backtest(b)[0].Notes, "\n"), "No input of this version was fitted, by its file, to anything published after the first origin.")
	b.Fitted = nil
	tables := Backtest(b)
	require.Contains(t, strings.Join(tables[0].Notes, "\n"), "it is not known whether one had seen the quarters held out")
	require.Len(t, tables, 4)
	require.Empty(t, tables[2].Rows[1].Cells[7].Text)
	require.Equal(t, "Seen is empty: the file does not say of any input what it was fitted to.", tables[2].Notes[1])
}
