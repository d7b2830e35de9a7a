package calibrate

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/calibrate/claims"
	"github.com/edgeofcare/edgeofcare/calibrate/indigo"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/montecarlo/lives"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// quickly is a forecast of DN2 from a day on that takes a second.
func quickly(asOf calendar.Date) ReforecastOptions {
	return ReforecastOptions{AsOf: asOf, Seed: 1, Draws: 100, laws: 400}
}

func outlook(t *testing.T, o ReforecastOptions) *Outlook {
	t.Helper()
	out, err := Reforecast(t.Context(), version(t, "dn2", "base"), o)
	require.NoError(t, err)
	return out
}

var june2022 = calendar.NewDate(2022, 6, 30)

// What was paid stands to the penny, and the forecast starts after it.
func TestReforecastDN2(t *testing.T) {
	o := outlook(t, quickly(calendar.NewDate(2022, 7, 15)))
	require.Equal(t, june2022, o.AsOf)
	paid := 0.0
	for _, q := range o.Quarters {
		if q.Quarter.Last().After(june2022) {
			require.Nil(t, q.Actual)
			require.Less(t, q.Forecast.Low, q.Forecast.Mean, q.Quarter)
			require.LessOrEqual(t, q.Forecast.Low, q.Forecast.ChanceLow, q.Quarter)
			require.GreaterOrEqual(t, q.Forecast.High, q.Forecast.ChanceHigh, q.Quarter)
			continue
		}
		paid += *q.Actual
		require.InDelta(t, paid, q.ToDate.Low, 0.001)
		require.InDelta(t, paid, q.ToDate.High, 0.001)
	}
	require.Equal(t, 863755.0, paid) // six published quarters
	require.Nil(t, o.Quarters[7].Actual)
	require.Equal(t, calendar.NewQuarter(2022, 3), o.Quarters[7].Quarter)
	// What was paid for the next quarter in fact was £294,342.
	require.Less(t, o.Quarters[7].Forecast.Low, 294342.0)
	require.Greater(t, o.Quarters[7].Forecast.High, 294342.0)

	require.Len(t, o.Later, 9)
	require.Len(t, o.Fitted, 13)
	require.Len(t, o.Freed, 8) // failure rates and tariffs
	require.Empty(t, o.Seen)
	require.Equal(t, "base", o.Version.Name()) // as it was, without the factors
	require.Len(t, o.Updated, len(o.Version.Programme.Uncertain)+2)
	require.Len(t, o.Unsplit, 6)
	require.False(t, o.Given)
	all := o.Outturn[len(o.Outturn)-1]
	require.Empty(t, all.Council)
	require.True(t, all.Year.IsZero())
	require.InDelta(t, paid, all.Own.ToDate.Mean+all.Others.ToDate.Mean, 0.01)
	last := o.Quarters[len(o.Quarters)-1]
	require.InDelta(t, last.ToDate.Mean, all.Own.Outturn.Mean+all.Others.Outturn.Mean, 0.01)
	sum := Amounts{}
	for _, one := range o.Outturn {
		if one.Council != "" && one.Year.IsZero() {
			sum.Ahead.Mean += one.Own.Ahead.Mean
		}
	}
	require.InDelta(t, all.Own.Ahead.Mean, sum.Ahead.Mean, 0.01)
	require.Len(t, o.Targets, 1)
	require.Less(t, o.Targets[0].Net, o.Targets[0].Gross)
	require.Nil(t, o.Caseload)

	text, err := json.Marshal(o)
	require.NoError(t, err)
	var back Outlook
	require.NoError(t, json.Unmarshal(text, &back))
	require.Equal(t, o.Quarters, back.Quarters)
	require.Equal(t, o.Outturn, back.Outturn)
	require.Equal(t, o.Later, back.Later)
}

// The number of workers changes nothing; a plan's weight leaves the file's ranges alone.
func TestReforecastIsReproducible(t *testing.T) {
	o := quickly(june2022)
	one := outlook(t, o)
	o.Workers = 3
	require.Equal(t, one.Quarters, outlook(t, o).Quarters)
	o.Evidence = new(0.0)
	plan := outlook(t, o)
	require.Equal(t, 0.0, plan.Evidence)
	require.Empty(t, plan.Freed) // nothing would bring them to a level
	require.Equal(t, one.Freed, plan.Seen)
	for _, in := range plan.Updated {
		require.InDelta(t, 1, in.VarianceLeft, 1e-9)
	}
	last := len(plan.Quarters) - 1
	width := func(f Forecast) float64 { return f.High - f.Low }
	require.Greater(t, width(plan.Quarters[last].ToDate), width(one.Quarters[last].ToDate))
}

// claimsTo are DN2's payments to a quarter as a file of claims, divided by council.
func claimsTo(t *testing.T, last calendar.Quarter, shares map[string]string) (all []claims.Claim) {
	t.Helper()
	for _, q := range version(t, "dn2", "base").Programme.Published.Actual {
		for _, council := range []string{"Nottinghamshire", "Nottingham", "Derby"} {
			if q.Quarter <= last {
				all = append(all, claims.Claim{Line: len(all) + 2, Quarter: q.Quarter, Council: council, Amount: q.Amount.Mul(decimal.RequireFromString(shares[council])).Round(2)})
			}
		}
	}
	return all
}

// Claims by council stand by council, and what differs from the file is said.
func TestClaimsByCouncil(t *testing.T) {
	o := quickly(june2022)
	o.Claims = claimsTo(t, june2022.Quarter(), map[string]string{"Nottinghamshire": "0.5", "Nottingham": "0.25", "Derby": "0.25"})
	o.Claims[0].Amount = o.Claims[0].Amount.Add(decimal.NewFromInt(100))
	o.Claims = o.Claims[:len(o.Claims)-1] // Derby claimed nothing for the last quarter
	out := outlook(t, o)
	require.Empty(t, out.Unsplit)
	require.True(t, out.Given)
	want := map[string]decimal.Decimal{}
	for _, c := range o.Claims {
		want[c.Council] = want[c.Council].Add(c.Amount)
	}
	for _, one := range out.Outturn {
		if one.Council != "" && one.Year.IsZero() {
			require.InDelta(t, want[one.Council].InexactFloat64(), one.Own.ToDate.Mean+one.Others.ToDate.Mean, 0.2, one.Council)
			require.InDelta(t, one.Own.ToDate.Low, one.Own.ToDate.High, 0.2, one.Council)
		}
	}
	require.Len(t, out.Differ, 2)
	require.Equal(t, "100", out.Differ[0].Claimed.Sub(out.Differ[0].Published).Round(0).String())
	require.Equal(t, []AbsentLine{{june2022.Quarter(), "Derby", ""}}, out.Absent)
	require.Empty(t, out.Filled)
	require.Greater(t, out.Below, 0.0)
	require.Greater(t, out.BelowAmount, 0.0)
	require.Less(t, out.BelowAmount, 0.01*out.Quarters[len(out.Quarters)-1].ToDate.Mean)
}

// The children in placement go on with the council that claims for them; those who are
// referred later are shared as in the file; all together stay what they were.
func TestCouncilsGoOn(t *testing.T) {
	o := quickly(june2022)
	o.Draws = 200
	without := outlook(t, o)
	o.Claims = claimsTo(t, june2022.Quarter(), map[string]string{"Nottinghamshire": "0.25", "Nottingham": "0.25", "Derby": "0.5"})
	with := outlook(t, o)
	derby := func(out *Outlook, year int) float64 {
		for _, one := range out.Outturn {
			if one.Council == "Derby" && one.Year == calendar.NewDate(year, 5, 1).Quarter().FinancialYear() {
				return one.Own.Ahead.Mean
			}
		}
		return 0
	}
	require.Greater(t, derby(with, 2022)/derby(without, 2022), 1.25) // of a share of 28%, which was claimed as 50%
	require.InDelta(t, 1, derby(with, 2025)/derby(without, 2025), 0.1)
	next := func(out *Outlook) float64 { return out.Quarters[7].Forecast.Mean }
	require.InDelta(t, 1, next(with)/next(without), 0.05)
	o.Draws = 20
	_, err := Reforecast(t.Context(), version(t, "dn2", "base", scenario.Set("commissioners", "{Nottinghamshire: 60%, Nottingham: 40%, Derby: 0%}")), ReforecastOptions{AsOf: june2022, Seed: 1, Draws: 40, laws: 400, Claims: o.Claims})
	require.ErrorContains(t, err, "Derby claims £8,345 for Q4 2020/21, and the file expects nothing of its children then")
	_, err = Reforecast(t.Context(), version(t, "dn2", "base"), o)
	require.ErrorContains(t, err, "20 draws are too few for 18 claims by council and quarter: use 36 or more")
}

// Where councils pay fixed shares of all claims, what each claims is its share, and says
// nothing of its children.
func TestFixedSharesSayNothingOfChildren(t *testing.T) {
	v := version(t, "dn2", "base + councils pay fixed shares")
	o := quickly(june2022)
	var came []*Outlook
	for _, derby := range []string{"0.2", "0.8"} {
		o.Claims = claimsTo(t, june2022.Quarter(), map[string]string{"Nottinghamshire": "0.1", "Nottingham": decimal.NewFromFloat(0.9).Sub(decimal.RequireFromString(derby)).String(), "Derby": derby})
		out, err := Reforecast(t.Context(), v, o)
		require.NoError(t, err)
		came = append(came, out)
	}
	require.Equal(t, came[0].Outturn, came[1].Outturn)
	require.Equal(t, came[0].Targets, came[1].Targets)
}

// A cap does not make the error of a quarter larger than what is earned in it: chance
// below 0 stays what it is without the cap.
func TestErrorsUnderACap(t *testing.T) {
	o := quickly(june2022)
	free := outlook(t, o)
	capped, err := Reforecast(t.Context(), version(t, "dn2", "base", scenario.SetFloat("contract cap", 3e6)), o)
	require.NoError(t, err)
	require.Less(t, capped.BelowAmount, 2*free.BelowAmount)
}

// £0 where nothing can be earned stands, and changes no figure beside the same file without
// it.
func TestNothingClaimedWhereNothingCanBeEarned(t *testing.T) {
	o := quickly(june2022)
	for _, q := range outlook(t, o).Version.Programme.Published.Actual {
		o.Claims = append(o.Claims, claims.Claim{Line: len(o.Claims) + 2, Quarter: q.Quarter, Amount: q.Amount})
	}
	without := outlook(t, o)
	first := without.Version.Programme.Calendar().Quarter(0)
	o.Claims = append(o.Claims, claims.Claim{Line: len(o.Claims) + 2, Quarter: first})
	with := outlook(t, o)
	require.Len(t, with.Unearned, 1)
	require.Equal(t, first, with.Unearned[0].Quarter)
	require.Empty(t, without.Unearned)
	require.Equal(t, without.Quarters, with.Quarters)
	require.Equal(t, without.Outturn, with.Outturn)
}

func TestReforecastRefuses(t *testing.T) {
	v := version(t, "dn2", "base")
	ok := claimsTo(t, june2022.Quarter(), map[string]string{"Nottinghamshire": "1", "Nottingham": "0", "Derby": "0"})
	with := func(change func(c *claims.Claim)) []claims.Claim {
		one := ok[0]
		change(&one)
		return []claims.Claim{one}
	}
	child := claims.Group{Line: 2, Cohort: "step-down", Council: "Derby", Weeks: 10, Children: 1}
	group := func(change func(g *claims.Group)) []claims.Group {
		g := child
		change(&g)
		return []claims.Group{g}
	}
	first := func(amount int64) []claims.Claim {
		return with(func(c *claims.Claim) {
			c.Quarter, c.Amount = v.Programme.Calendar().Quarter(0), decimal.NewFromInt(amount)
		})
	}
	for want, o := range map[string]ReforecastOptions{
		"the payments do not depend on any uncertain input":              {AsOf: v.Programme.Calendar().Quarter(0).Last(), Claims: first(0)},
		"nothing can be earned in Q3 2020/21, and something was paid":    {Claims: first(100)},
		"no quarter with an actual payment ends on or before 2020-12-31": {AsOf: calendar.NewDate(2020, 12, 31)},
		"no payment is known for Q3 2024/25":                             {AsOf: calendar.NewDate(2024, 12, 31)},
		`line 2: there is no metric called "M9"`:                         {Claims: with(func(c *claims.Claim) { c.Metric = "M9" })},
		`line 2: there is no council called "Leeds"`:                     {Claims: with(func(c *claims.Claim) { c.Council = "Leeds" })},
		"line 2: Q1 2030/31 is outside the programme":                    {Claims: with(func(c *claims.Claim) { c.Quarter = calendar.NewQuarter(2030, 2) })},
		"has no claim for 12 weeks that ended in it, the first on":       {Claims: with(func(c *claims.Claim) { c.WeekEnding = c.Quarter.First() })},
		"line 2: the cohort is none of the programme":                    {AsOf: june2022, Caseload: group(func(g *claims.Group) { g.Cohort = "SECRET" })},
		"line 2: the council is none of the programme":                   {AsOf: june2022, Caseload: group(func(g *claims.Group) { g.Council = "SECRET" })},
		"line 2: the programme has run for 91 weeks":                     {AsOf: june2022, Caseload: group(func(g *claims.Group) { g.Weeks = 92 })},
		"followed for 104 weeks from the start":                          {AsOf: calendar.NewDate(2024, 6, 30), Caseload: group(func(g *claims.Group) { g.Weeks = 104 })},
		"a caseload of 2022-07-01 cannot be used":                        {AsOf: calendar.NewDate(2022, 7, 1), Caseload: []claims.Group{child}},
		"a weight of -1": {Evidence: new(-1.0)},
	} {
		_, err := Reforecast(t.Context(), v, o)
		require.ErrorContains(t, err, want)
		require.NotContains(t, err.Error(), "SECRET")
	}
	limited, err := v.With("", mustEdit(t, "capacity={starts per quarter: 5}"))
	require.NoError(t, err)
	_, err = Reforecast(t.Context(), limited, ReforecastOptions{AsOf: june2022, Caseload: []claims.Group{child}})
	require.ErrorContains(t, err, "limits starts")
	var none context.Context
	_, err = Reforecast(none, v, ReforecastOptions{})
	require.ErrorContains(t, err, "no context")
	_, err = Reforecast(t.Context(), nil, ReforecastOptions{})
	require.ErrorContains(t, err, "no version")
	stopped, stop := context.WithCancel(t.Context())
	stop()
	_, err = Reforecast(stopped, v, quickly(june2022))
	require.ErrorIs(t, err, context.Canceled)
}

// A child who has been in placement for 20 weeks is paid for 84 more if nothing fails, and
// no child of a caseload has left it before the day.
func TestCaseloadGoesOn(t *testing.T) {
	p := *version(t, "dn2", "base").Programme
	p.Ages = model.Ages{}
	now := 91
	for _, c := range []struct {
		g    group
		fail bool
	}{
		{group{cohort: 0, council: 2, weeks: 20, children: 40}, false},
		{group{cohort: 0, council: 2, weeks: 20, children: 400}, true},
		{group{cohort: 3, council: 0, weeks: 5, children: 300, waiting: true}, true},
	} {
		one := c.g.programme(&p, now)
		cohort := &one.Cohorts[c.g.cohort]
		if !c.fail {
			cohort.Failure = nil
		}
		require.NoError(t, one.Validate(), c.g)
		tables, err := lives.NewTables(one)
		require.NoError(t, err)
		tally := tables.Simulator(lives.Jump).Replicate(1, 0)
		before, after := 0.0, 0.0
		for q, quarter := range tally.Shape.Quarters {
			for council := range tally.Shape.Commissioners {
				n := float64(tally.UnitsOf(c.g.cohort, council)[q])
				if council != c.g.council {
					require.Zero(t, n)
				}
				if quarter.Last().After(june2022) {
					after += n
				} else {
					before += n
				}
			}
		}
		children := float64(c.g.children)
		switch {
		case c.g.waiting:
			require.Zero(t, before)
			require.Greater(t, after, 30*children)
		case !c.fail:
			require.Equal(t, []float64{20 * children, 84 * children}, []float64{before, after})
		default:
			require.Equal(t, 20*children, before)
			stay := 1 - p.Cohorts[0].Failure[0].Moves[0].Probability - p.Cohorts[0].Failure[0].Moves[1].Probability
			require.InDelta(t, (1-math.Pow(stay, 84))/(1-stay), after/children, 4)
		}
		require.EqualValues(t, c.g.children, sumOf(tally.Referred))
	}
	later := group{cohort: -1}.programme(&p, now)
	require.NoError(t, later.Validate())
	for k, c := range later.Cohorts {
		require.InDelta(t, p.Cohorts[k].Referrals.Children*117/float64(p.Cohorts[k].Referrals.Last-p.Cohorts[k].Referrals.First+1), c.Referrals.Expected(), 6)
	}
}

func sumOf(counts []int64) (sum int64) {
	for _, n := range counts {
		sum += n
	}
	return sum
}

// With a caseload the forecast is that of its children and of those who come later.
func TestReforecastWithCaseload(t *testing.T) {
	o := quickly(june2022)
	few := []claims.Group{{Line: 2, Cohort: "foster stability", Council: "Nottingham", Weeks: 30, Children: 10}, {Line: 3, Cohort: "step-down", Council: "Derby", Weeks: 3, Children: 4, Waiting: true}}
	many := append([]claims.Group{{Line: 4, Cohort: "edge of care", Council: "Derby", Weeks: 5, Children: 60}}, few...)
	o.Caseload = few
	small := outlook(t, o)
	none, ten, eleven := 0, 10, 11
	require.Equal(t, &Caseload{InPlacement: &ten, Overdue: &none}, small.Caseload, "4 wait, which is not told")
	o.Caseload = append([]claims.Group{{Line: 4, Cohort: "step-down", Council: "Derby", Weeks: 40, Children: 7, Waiting: true}}, few...)
	require.Equal(t, &Caseload{InPlacement: &ten, Waiting: &eleven}, outlook(t, o).Caseload, "7 are overdue, and 4 are not")
	o.Caseload = many
	large := outlook(t, o)
	// 60 children at £295 for 13 or 14 weeks, less few failures.
	more := large.Quarters[7].Forecast.Mean - small.Quarters[7].Forecast.Mean
	require.InDelta(t, 60*13*295, more, 0.15*60*13*295)
	require.Equal(t, small.Quarters[6], large.Quarters[6])
	text, err := json.Marshal(large)
	require.NoError(t, err)
	require.NotContains(t, string(text), `"weeks":30`)
}

// The sum over a row's clocks is what it was, once the clocks run from another week.
func TestRowsOfACaseload(t *testing.T) {
	p := version(t, "dn2", "base").Programme
	row := p.BackgroundOf(&p.Cohorts[0])["residential"]
	require.Equal(t, row, earlier(row, 0))
	require.Equal(t, row, from(row, 0))
	require.Zero(t, from(row, 5).Leave(4, 4))
	require.Equal(t, row.Leave(5, 5), from(row, 5).Leave(5, 5))
	require.NoError(t, from(row, 5).Validate())
	piecewise := append(from(row, 30)[:1:1], from(row, 30)[1:]...)
	require.Equal(t, piecewise.Leave(30, 0), earlier(piecewise, 26).Leave(4, 0))
	require.Equal(t, piecewise.Leave(29, 0), earlier(piecewise, 26).Leave(3, 0))
	require.NoError(t, earlier(piecewise, 26).Validate())
	require.Len(t, earlier(piecewise, 30), 1)
}

// A line with nothing earned in a replication still has what was claimed on it.
func TestLinesThatAreLivedInNothing(t *testing.T) {
	p := version(t, "dn2", "base").Programme
	counts := contract.NewCounts[float64](p.Shape())
	counts.Independent = contract.NewCounts[float64](p.Shape())
	a := &actuals{lines: map[calendar.Quarter][]claims.Line{p.Shape().Quarters[2]: {{Council: "Derby", Metric: "M1 step-down", Amount: decimal.NewFromInt(1000)}}}}
	a.divide(lived(p, counts))
	require.Equal(t, 2.0, counts.UnitsOf(0, 2)[2]) // at £500
	require.Equal(t, 2.0, func() (sum float64) {
		for _, n := range counts.Units {
			sum += n
		}
		return sum
	}())
}

func TestForecastOf(t *testing.T) {
	f := forecastOf([]float64{10, 10, 20, 20}) // the lives of a draw agree: no chance
	require.Equal(t, Forecast{Mean: 15, Low: 10, High: 20, ChanceLow: 15, ChanceHigh: 15}, f)
	f = forecastOf([]float64{10, 20, 10, 20}) // and here nothing else
	require.Equal(t, Forecast{Mean: 15, Low: 10, High: 20, ChanceLow: 10, ChanceHigh: 20}, f)
	require.Equal(t, "{0.1 0.1 0.1 0.1 0.1}", strings.TrimSpace(fmt.Sprint(forecastOf([]float64{0.1, 0.1, 0.1, 0.1, 0.1, 0.1}))))
}

func lived(p *model.Programme, counts *contract.Expected) montecarlo.Lived {
	return montecarlo.Lived{Programme: p, Counts: counts}
}

func mustEdit(t *testing.T, text string) scenario.Edit {
	t.Helper()
	e, err := scenario.ParseEdit(text)
	require.NoError(t, err)
	return e
}

// The actual payments of an export are those of the library's file.
func TestFromIndigo(t *testing.T) {
	folder := os.Getenv("EDGEOFCARE_INDIGO")
	if folder == "" {
		t.Skip("EDGEOFCARE_INDIGO names no folder with exports of the INDIGO dataset")
	}
	data, err := indigo.Read(os.DirFS(folder + "/2025-12"))
	require.NoError(t, err)
	project, ok := data.Project("dn2")
	require.True(t, ok)
	all, others := FromIndigo(project, "")
	require.Empty(t, others)
	known, err := standing(version(t, "dn2", "base"), all, calendar.Date{})
	require.NoError(t, err)
	require.Empty(t, known.differ)
	require.Empty(t, known.filled)
	require.Len(t, known.paid, 15)
	_, others = FromIndigo(project, "AUD")
	require.Len(t, others, len(project.Actual()))
}

// A claim of what the programme file publishes changes nothing: what the file fills keeps
// how far it is known, and is said, on whatever day.
func TestClaimsOfWhatIsPublished(t *testing.T) {
	v := version(t, "suffolk", "base")
	o := ReforecastOptions{Draws: 40, Seed: 1, laws: 400}
	without, err := Reforecast(t.Context(), v, o)
	require.NoError(t, err)
	require.Len(t, without.Derived, 8)
	last := v.Programme.Published.Actual[len(v.Programme.Published.Actual)-1]
	o.Claims = []claims.Claim{{Line: 2, Quarter: last.Quarter, Amount: last.Amount}}
	with, err := Reforecast(t.Context(), v, o)
	require.NoError(t, err)
	require.Len(t, with.Filled, len(v.Programme.Published.Actual)-1)
	require.Equal(t, without.Derived, with.Derived)
	require.Equal(t, without.Quarters, with.Quarters)

	// Another amount in place of a derived one is evidence.
	derived := without.Derived[5]
	o.Claims = append(o.Claims, claims.Claim{Line: 3, Quarter: derived.Quarter, Amount: derived.Amount.Add(decimal.NewFromInt(1))})
	other, err := Reforecast(t.Context(), v, o)
	require.NoError(t, err)
	require.Len(t, other.Derived, 7)
	require.Len(t, other.Differ, 1)
}
