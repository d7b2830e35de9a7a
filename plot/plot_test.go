package plot

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/model/expect"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// version returns a version of a programme of the library. Each call makes a
// programme of its own, which a test may change.
func version(t testing.TB, name, text string) *scenario.Version {
	t.Helper()
	document, err := scenario.Open(name)
	require.NoError(t, err)
	v, err := document.Version(text)
	require.NoError(t, err)
	return v
}

// run runs a version at its stated values.
func run(t testing.TB, v *scenario.Version, replications int) *montecarlo.Result {
	t.Helper()
	r, err := montecarlo.Run(context.Background(), v, montecarlo.Options{Seed: 1, Replications: replications, FixedRates: true})
	require.NoError(t, err)
	return r
}

// central projects a version.
func central(t testing.TB, v *scenario.Version) *montecarlo.Projection {
	t.Helper()
	projection, err := montecarlo.Central(v, contract.Constant)
	require.NoError(t, err)
	return projection
}

// changed returns a result of the same run whose version has a programme of its
// own, which the test may change without changing the result that others share.
func changed(r *montecarlo.Result) *montecarlo.Result {
	own, v, p := *r, *r.Version, *r.Version.Programme
	v.Programme, own.Version = &p, &v
	return &own
}

// dn2Cases are the cases of DN2 that are compared, run once for all tests.
func dn2Cases(t testing.TB) []*montecarlo.Result {
	t.Helper()
	results, err := runDN2()
	require.NoError(t, err)
	return results
}

var runDN2 = sync.OnceValues(func() ([]*montecarlo.Result, error) {
	document, err := scenario.Open("dn2")
	if err != nil {
		return nil, err
	}
	var results []*montecarlo.Result
	for _, name := range []string{"low", "medium", "high"} {
		v, err := document.Version(name)
		if err != nil {
			return nil, err
		}
		r, err := montecarlo.Run(context.Background(), v, montecarlo.Options{Seed: 1, Replications: 1000})
		if err != nil {
			return nil, err
		}
		results = append(results, r)
	}
	return results, nil
})

// drawer draws a chart of results.
type drawer = func(...*montecarlo.Result) (*Figure, error)

// show writes a figure into the folder named in PLOTS, to be looked at.
func show(t *testing.T, name string, f *Figure) {
	t.Helper()
	folder := os.Getenv("PLOTS")
	if folder == "" {
		return
	}
	for _, format := range []Format{SVG, PNG, PDF, CSV} {
		var b bytes.Buffer
		require.NoError(t, f.Write(&b, format))
		require.NoError(t, os.WriteFile(filepath.Join(folder, name+"."+string(format)), b.Bytes(), 0o644))
	}
	half := *f
	width, height, err := f.size()
	require.NoError(t, err)
	half.Width, half.Height = width/2, height/2
	var b bytes.Buffer
	require.NoError(t, half.Write(&b, PNG))
	require.NoError(t, os.WriteFile(filepath.Join(folder, name+"-half.png"), b.Bytes(), 0o644))
	t.Log(f.Alt())
}

// drawn checks what holds for every figure and shows it.
func drawn(t *testing.T, name string, f *Figure, err error) {
	t.Helper()
	require.NoError(t, err)
	checkGeometry(t, f)
	checkInk(t, f)
	show(t, name, f)
}

func TestChartsOfDN2(t *testing.T) {
	base, cases := version(t, "dn2", "base"), dn2Cases(t)
	t.Run("achievements", func(t *testing.T) {
		f, err := Achievements(cases...)
		drawn(t, "achievements", f, err)
		golden(t, "achievements", f)
	})
	t.Run("payments", func(t *testing.T) {
		f, err := Payments(run(t, base, 1000))
		drawn(t, "payments", f, err)
	})
	t.Run("fan", func(t *testing.T) {
		f, err := CumulativePayments(cases[1])
		drawn(t, "fan", f, err)
	})
	t.Run("fans", func(t *testing.T) {
		f, err := CumulativePayments(cases...)
		drawn(t, "fans", f, err)
		golden(t, "cumulative-payments", f)
	})
	t.Run("occupancy", func(t *testing.T) {
		f, err := Occupancy("", central(t, base))
		drawn(t, "occupancy", f, err)
		golden(t, "occupancy", f)
	})
	t.Run("survival", func(t *testing.T) {
		f, err := Survival("", central(t, base))
		drawn(t, "survival", f, err)
	})
	t.Run("survival of one cohort", func(t *testing.T) {
		f, err := Survival("step-down", central(t, base))
		drawn(t, "survival-one", f, err)
	})
	t.Run("waterfall", func(t *testing.T) {
		f, err := Waterfall(cases[1])
		drawn(t, "waterfall", f, err)
	})
	t.Run("net saving", func(t *testing.T) {
		f, err := NetSaving(cases...)
		drawn(t, "netsaving", f, err)
	})
	t.Run("saves more than", func(t *testing.T) {
		f, err := SavesMoreThan(cases[1])
		drawn(t, "saves-more-than", f, err)
		golden(t, "saves-more-than", f)
	})
}

// A result that cannot be drawn says what to do about it.
func TestResultsThatCannotBeDrawn(t *testing.T) {
	base := version(t, "dn2", "base")
	whole := run(t, base, 4)
	ofTotals, err := montecarlo.Run(context.Background(), base, montecarlo.Options{Replications: 4, TotalsOnly: true})
	require.NoError(t, err)
	text, err := json.Marshal(whole)
	require.NoError(t, err)
	var read montecarlo.Result
	require.NoError(t, json.Unmarshal(text, &read))

	for _, draw := range []drawer{CumulativePayments, NetSaving} {
		_, err = draw(&read)
		assert.ErrorContains(t, err, "run it again")
	}
	for _, draw := range []drawer{CumulativePayments, Payments, Achievements, NetSaving} {
		_, err = draw()
		assert.ErrorContains(t, err, "there is no result: run a version")
		_, err = draw(whole, nil)
		assert.ErrorContains(t, err, "result 2 is missing")
		_, err = draw(whole, &montecarlo.Result{})
		assert.ErrorContains(t, err, "result 2 has no programme")
	}
	for _, draw := range []drawer{CumulativePayments, Payments, Achievements} {
		_, err = draw(ofTotals)
		assert.ErrorContains(t, err, "run it without Options.TotalsOnly")
	}
	_, err = SavesMoreThan(&read)
	assert.ErrorContains(t, err, "run it again")
	_, err = SavesMoreThan(nil)
	assert.ErrorContains(t, err, "result 1 is missing")
	_, err = Waterfall(nil)
	assert.ErrorContains(t, err, "result 1 is missing")
	mixed := *ofTotals
	mixed.Version = version(t, "essex-mst", "")
	_, err = Waterfall(&mixed)
	assert.ErrorContains(t, err, "give a result of this programme")
	_, err = Survival("nobody", central(t, base))
	assert.ErrorContains(t, err, `no cohort called "nobody": the cohorts are step-down,`)
	_, err = Occupancy("nobody", central(t, base))
	assert.ErrorContains(t, err, `no cohort called "nobody"`)
	for _, draw := range []func(string, *montecarlo.Projection) (*Figure, error){Survival, Occupancy} {
		_, err = draw("", nil)
		assert.ErrorContains(t, err, "there is no projection: give the result of montecarlo.Central")
		_, err = draw("", &montecarlo.Projection{})
		assert.ErrorContains(t, err, "the projection has no programme")
	}
	empty := changed(whole)
	empty.Version.Programme = &model.Programme{Name: "new"}
	_, err = Achievements(empty)
	assert.ErrorContains(t, err, "has no metric")
}

// A programme that publishes nothing can be drawn, and so can one that published
// one quarter.
func TestLittleData(t *testing.T) {
	base := version(t, "dn2", "base")
	r := run(t, base, 1)
	f, err := NetSaving(r)
	drawn(t, "netsaving-one", f, err)
	f, err = SavesMoreThan(r)
	drawn(t, "saves-more-than-one", f, err)
	p := r.Version.Programme
	p.Published.Plans, p.Published.Actual = nil, p.Published.Actual[:1]
	f, err = Payments(r)
	drawn(t, "payments-one-quarter", f, err)
	assert.Equal(t, "Actual", f.Rows[len(f.Rows)-1][0])
	p.Published = model.PublishedFigures{}
	f, err = Payments(r)
	drawn(t, "payments-unpublished", f, err)
	assert.Empty(t, f.Key)
	assert.Regexp(t, `^The base case pays £\d\.\d\dm in all, half of it by Q\d 20\d\d/\d\d$`, f.Title)
	f, err = Achievements(r)
	drawn(t, "achievements-unpublished", f, err)
	assert.NotContains(t, f.Alt(), "ublished figures")
	for _, entry := range f.Key {
		assert.NotContains(t, entry.Label, "Published")
	}
}

// A quarter that was paid as a grant is a square, and said to be one.
func TestGrantQuarters(t *testing.T) {
	base := version(t, "dn2", "base")
	p := base.Programme
	p.Contract.Grants = []contract.Grant{{Quarter: p.Published.Actual[1].Quarter}, {Quarter: p.Published.Actual[2].Quarter}}
	f, err := Payments(run(t, base, 2))
	drawn(t, "payments-grants", f, err)
	assert.Equal(t, "Quarter paid as a grant", f.Key[len(f.Key)-1].Label)
	granted := 0
	for _, row := range f.Rows {
		if row[3] == "yes" {
			granted++
		}
	}
	assert.Equal(t, 2, granted)
}

// A plan is drawn from the quarter in which it came into force.
func TestPlansBeginWhenTheyAreInForce(t *testing.T) {
	f, err := Payments(run(t, version(t, "dn2", "base"), 2))
	require.NoError(t, err)
	first := map[any]any{}
	for _, row := range f.Rows {
		if first[row[0]] == nil {
			first[row[0]] = row[1]
		}
	}
	assert.Equal(t, map[any]any{
		"Plan 1": "Q1 2021/22", "Plan 2": "Q2 2023/24", "Plan 3": "Q4 2023/24", "Actual": "Q4 2020/21", "Base, mean": "Q3 2020/21",
	}, first)
}

// The note names what the chart depends on and is assumed, and nothing else.
func TestNotesNameAssumptions(t *testing.T) {
	r := changed(dn2Cases(t)[0])
	f, err := CumulativePayments(r)
	require.NoError(t, err)
	assert.Contains(t, f.Note, "Assumed, not published: tariffs;")
	assert.NotContains(t, f.Note, "unit costs")
	f, err = Waterfall(r)
	require.NoError(t, err)
	assert.Contains(t, f.Note, "tariffs; unit costs of edge of care and reunified; cashable shares;")
	r.Version.Programme.Register = nil
	f, err = Waterfall(r)
	require.NoError(t, err)
	assert.Contains(t, f.Note, "does not say where its inputs come from")
}

// A council's own waterfall has a panel for each case, and ends at what its result says is
// left to it, in all and in cash; nobody else's payments are in it.
func TestCouncilWaterfall(t *testing.T) {
	cases := dn2Cases(t)
	f, err := CouncilWaterfall("Derby", cases...)
	require.NoError(t, err)
	require.Len(t, f.Panels, len(cases))
	require.Len(t, f.Rows, 6*len(cases))
	for n, r := range cases {
		steps := f.Rows[6*n:]
		require.Equal(t, f.Panels[n].Name, steps[0][0])
		for step, name := range map[int]string{0: montecarlo.Avoided, 2: montecarlo.NetSaving, 3: montecarlo.Cashable, 5: montecarlo.OwnNetCashable} {
			total, err := r.Totals.Find(name, "Derby")
			require.NoError(t, err)
			require.InDelta(t, total.Mean, steps[step][3], 0.01, name)
		}
		paid, err := r.Totals.Find(montecarlo.Payments, "Derby")
		require.NoError(t, err)
		require.InDelta(t, -paid.Mean, steps[1][3], 0.01)
		require.Equal(t, steps[1][3], steps[4][3])
	}
	require.Contains(t, f.Title, "left to Derby")
	require.Contains(t, f.Note, "What Life Chances Fund pays for the same claims is not in the picture")
	require.NotContains(t, f.Alt(), "life Chances Fund")
	_, err = CouncilWaterfall("Leicester", cases...)
	var unknown *scenario.NameError
	require.ErrorAs(t, err, &unknown)
}

// A name inside the alternative text is written as a name.
func TestWaterfallKeepsNames(t *testing.T) {
	f, err := Waterfall(dn2Cases(t)[1])
	require.NoError(t, err)
	require.Contains(t, f.Alt(), "Life Chances Fund pays")
	require.NotContains(t, f.Alt(), "life Chances Fund")
}

// The waterfall adds up, and ends where the result does.
func TestWaterfallAddsUp(t *testing.T) {
	r := dn2Cases(t)[1]
	falls, err := fallsOf(r.Version.Programme, r)
	require.NoError(t, err)
	require.Len(t, falls, 4)
	ends := func(name, of string) float64 {
		total, ok := r.Totals.Of(name, of)
		require.True(t, ok)
		return total.Mean
	}
	for i, of := range []string{"", "Nottinghamshire", "Nottingham", "Derby"} {
		net, cash := montecarlo.NetSaving, montecarlo.OwnNetCashable
		if i == 0 {
			net, cash = montecarlo.NetPublic, montecarlo.NetCashable
		}
		steps := falls[i].steps
		assert.InDelta(t, ends(net, of), steps[len(steps)/2-1].to, 0.01)
		assert.InDelta(t, ends(cash, of), steps[len(steps)-1].to, 0.01)
	}
	// What is left to councils, in all and in cash, is the sum of what each is left
	// with; the fund's payments lie between that and the net public saving.
	left, inCash := 0.0, 0.0
	for _, w := range falls[1:] {
		left, inCash = left+w.steps[2].to, inCash+w.steps[len(w.steps)/2+2].to
	}
	all := falls[0].steps
	require.Equal(t, "left to councils", all[2].name)
	assert.InDelta(t, left, all[2].to, 0.01)
	assert.InDelta(t, inCash, all[len(all)/2+2].to, 0.01)
	assert.InDelta(t, ends(montecarlo.NetPublic, ""), all[2].to-ends(montecarlo.Payments, "Life Chances Fund"), 0.01)
}

// The shares that are drawn are those whose weeks the deadweight of the exact
// expectation sums, where the horizon cuts no one off.
func TestSurvivalAgreesWithDeadweight(t *testing.T) {
	p := version(t, "dn2", "low").Programme
	p.Weeks += 200
	e, err := expect.Of(p)
	require.NoError(t, err)
	for i := range p.Cohorts {
		s, err := newSurvival(p, &p.Cohorts[i])
		require.NoError(t, err)
		with, without := 0.0, 0.0
		for u := range s.with {
			with, without = with+s.with[u], without+s.without[u]
			assert.LessOrEqual(t, s.planned[u], s.with[u]+1e-12)
		}
		assert.InDelta(t, 1, s.planned[0], 1e-12)
		d := e.Deadweight[slices.IndexFunc(e.Deadweight, func(d expect.Deadweight) bool { return d.Cohort == p.Cohorts[i].Name })]
		assert.InDelta(t, d.InterventionWeeks, with, 1e-9, d.Cohort)
		assert.InDelta(t, d.CounterfactualWeeks, without, 1e-9, d.Cohort)
	}
}

// Shares of a week add up to one in both arms.
func TestOccupancyAddsUp(t *testing.T) {
	f, err := Occupancy("", central(t, version(t, "dn2", "high")))
	require.NoError(t, err)
	sums := map[[2]any]float64{}
	for _, row := range f.Rows {
		sums[[2]any{row[0], row[1]}] += float64(row[3].(Share))
	}
	require.Len(t, sums, 2*157)
	for week, sum := range sums {
		assert.InDelta(t, 1, sum, 1e-9, week)
	}
}

// The chance that is drawn is the one that the result reports, and the ranges
// of the fan those of the result's own quantiles.
func TestQuantilesAgreeWithTheResult(t *testing.T) {
	for _, r := range dn2Cases(t) {
		s, probability, err := savings(r)
		require.NoError(t, err)
		chance, ok := r.Probabilities.Of(montecarlo.Saves)
		require.True(t, ok)
		assert.InDelta(t, chance.Probability, probability, 1e-12)
		area := 0.0
		for i := range s.x[1:] {
			area += (s.density[i] + s.density[i+1]) / 2 * (s.x[i+1] - s.x[i])
		}
		assert.InDelta(t, 1, area, 0.01)

		one, err := newFan(r)
		require.NoError(t, err)
		total, ok := r.Totals.Of(montecarlo.Payments)
		require.True(t, ok)
		last := len(one.at) - 1
		assert.InDelta(t, total.Quantiles[1].Value, one.quantiles[2][last], 0.01) // 25%
		assert.InDelta(t, total.Quantiles[2].Value, one.quantiles[3][last], 0.01) // median
	}
}

// A fan of 10,000 replications draws in well under 200 ms.
func BenchmarkCumulativePayments(b *testing.B) {
	r := run(b, version(b, "dn2", "medium"), 10_000)
	for b.Loop() {
		f, err := CumulativePayments(r)
		require.NoError(b, err)
		require.NoError(b, f.Write(io.Discard, SVG))
	}
}

func BenchmarkPNG(b *testing.B) {
	f, err := Payments(run(b, version(b, "dn2", "base"), 100))
	require.NoError(b, err)
	for b.Loop() {
		require.NoError(b, f.Write(io.Discard, PNG))
	}
}

// Long names and titles are broken or cut short, and never run into each other.
func TestLongNames(t *testing.T) {
	var results []*montecarlo.Result
	for i, r := range dn2Cases(t) {
		named := changed(r)
		for _, name := range []string{"Life Chances Fund ends September 2024", "edge of care counterfactual as in START" + strings.Repeat(" again", i)} {
			named.Version.Layers = append(named.Version.Layers, scenario.Layer{Kind: "variant", Name: name})
		}
		results = append(results, named)
	}
	draws := map[string]drawer{
		"achievements": Achievements, "payments": Payments, "fans": CumulativePayments, "netsaving": NetSaving,
	}
	for name, draw := range draws {
		f, err := draw(results...)
		require.NoError(t, err)
		f.Title = "Payments stay below the cap in the low and in the medium case and reach it in four of five replications of the high case, in which nearly every child starts"
		drawn(t, name+"-long", f, err)
	}
	one, err := Occupancy("foster stability", central(t, version(t, "dn2", "base")))
	drawn(t, "occupancy-one", one, err)
}
