package scenario_test

import (
	"bytes"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/gonum/stat/distuv"

	"github.com/edgeofcare/edgeofcare/internal/certain"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/model/expect"
	"github.com/edgeofcare/edgeofcare/model/markov"
	"github.com/edgeofcare/edgeofcare/model/uncertain"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// dn2With is the base case of DN2 without ranges, with edits that are written as on
// the command line.
func dn2With(t testing.TB, edits ...string) (*scenario.Version, error) {
	t.Helper()
	return versionOf(t, withText(t, ""), edits...)
}

func versionOf(t testing.TB, d *scenario.Document, edits ...string) (*scenario.Version, error) {
	t.Helper()
	var all []scenario.Edit
	for _, text := range edits {
		one, err := scenario.ParseEdit(text)
		require.NoError(t, err, text)
		all = append(all, one)
	}
	return d.Version("base", all...)
}

func inputOf(t testing.TB, v *scenario.Version, path string) model.Uncertain {
	t.Helper()
	for _, u := range v.Programme.Uncertain {
		if string(u.Path) == path {
			return u
		}
	}
	require.Fail(t, "it is not uncertain", path)
	return model.Uncertain{}
}

// The law of a number follows from what the number is, or is named.
func TestLawOfAnInput(t *testing.T) {
	for edit, want := range map[string]struct {
		family     uncertain.Family
		mean, low  float64
		high, most float64 // 95% and, where the law has one, the limit
	}{
		"cohorts.step-down.failure.hazard={value: 0.0081, range: 0.0060 to 0.0110}":        {uncertain.LogNormal, 0.0081, 0.0060, 0.0110, 0},
		"cohorts.step-down.start probability={value: 70%, range: 60 to 75%}":               {uncertain.Beta, 0.70, 0.60, 0.75, 1},
		"cohorts.step-down.start probability=20 of 31":                                     {uncertain.Beta, 20. / 31, 0, 0, 1},
		"unit costs.residential={value: 4000, range: 3500 to 5000}":                        {uncertain.Gamma, 4000, 3500, 5000, 0},
		"cohorts.step-down.referrals.children={value: 53.46, range: 40 to 70}":             {uncertain.Gamma, 53.46, 40, 70, 0},
		"cohorts.step-down.start probability={value: 60%, uniform: 50% to 70%}":            {uncertain.Uniform, 0.6, 0.51, 0.69, 0.7},
		"cohorts.step-down.start probability={value: 60%, triangular: 50 to 75%}":          {uncertain.Triangular, 0.6, 0, 0, 0.75},
		"cohorts.step-down.start probability={value: 60%, PERT: 50 to 75%}":                {uncertain.PERT, 0.6, 0, 0, 0.75},
		"unit costs.residential={value: 4000, normal: 3500 to 4500 within 3000 to 5000}":   {uncertain.Normal, 4000, 3500, 4500, 5000},
		"cohorts.step-down.start probability={value: 60%, one of: {60%: 0.75, 80%: 0.25}}": {uncertain.List, 0.65, 0.6, 0.8, 0.8},
	} {
		v, err := dn2With(t, edit)
		require.NoError(t, err, edit)
		path, _, _ := strings.Cut(edit, "=")
		law := inputOf(t, v, path).Law
		assert.Equal(t, want.family, law.Family, edit)
		assert.InEpsilon(t, want.mean, law.Mean(), 1e-9, edit)
		low, high := law.Range()
		if want.low > 0 {
			inside := law.Above(want.low) - law.Above(want.high)
			switch want.family {
			case uncertain.Uniform, uncertain.List:
				assert.InDelta(t, want.low, low, 1e-9, edit)
				assert.InDelta(t, want.high, high, 1e-9, edit)
			default:
				assert.InDelta(t, 0.9, inside, 1e-6, edit)
			}
		}
		if want.most > 0 {
			assert.LessOrEqual(t, law.Quantile(1-1e-12), want.most, edit)
		}
	}
}

// What cannot be is said where it stands.
func TestFaultsOfRanges(t *testing.T) {
	for edit, problem := range map[string]string{
		"cohorts.step-down.lag={value: 26 weeks, range: 20 to 30 weeks}":                         "list the values that it may have, as one of: {13 weeks: 40%, 26 weeks: 60%}",
		"cohorts.step-down.start probability={value: 60%, range: 61 to 75%}":                     "0.6",
		"cohorts.step-down.start probability={value: 60%, range: 75 to 50%}":                     "runs backwards",
		"cohorts.step-down.start probability={value: 60%, range: 55%}":                           "write its two ends",
		"cohorts.step-down.start probability={value: 60%, range: 50 to 70%, uniform: 50 to 70%}": "keep one of them",
		"cohorts.step-down.start probability={value: 20 of 31, range: 50 to 70%}":                "says itself how well it is known",
		"cohorts.step-down.start probability=0 of 31":                                            "0",
		"cohorts.step-down.start probability=32 of 31":                                           "is not a share",
		"cohorts.step-down.start probability=020 of 31":                                          "begins with a zero, which some programs take for another: write 20 of 31",
		"cohorts.step-down.failure.to={residential: 014 of 20, foster: 6 of 20}":                 "write 14 of 20",
		"unit costs.residential=20 of 31":                                                        "is a count, which says a share",
		"cohorts.step-down.start probability={value: 60%, one of: {50%: 50%, 70%: 50%}}":         "is none of the values",
		"cohorts.step-down.start probability={value: 60%, one of: {60%: 50%, 70%: 40%}}":         "add up to 90%",
		"cohorts.step-down.failure.to={residential: 14 of 20, foster: 30%}":                      "some shares are counts and others are not",
		"cohorts.step-down.failure.to={residential: 14 of 20, foster: 5 of 20}":                  "the counts add up to 19 of 20",
		"cohorts.step-down.start state={value: residential, range: 1 to 2}":                      "this cannot have a range",
		"discount rate={value: 3.5% real, range: 3 to 4%}":                                       "this cannot have a range",
	} {
		_, err := dn2With(t, edit)
		require.Error(t, err, edit)
		assert.Contains(t, err.Error(), problem, edit)
		path, _, _ := strings.Cut(edit, "=")
		assert.Contains(t, err.Error(), path, "it says where: %s", edit)
	}
}

// An edit with = makes a point; *= and += take the ends with the value.
func TestEditsOfRanges(t *testing.T) {
	const cost, start = "unit costs.residential", "cohorts.step-down.start probability"
	v, err := dn2With(t, cost+"={value: 4000, range: 3500 to 5000}", cost+"=4100")
	require.NoError(t, err)
	assert.Empty(t, v.Programme.Uncertain)

	v, err = dn2With(t, cost+"={value: 4000, range: 3500 to 5000}", cost+"*=1.1")
	require.NoError(t, err)
	u := inputOf(t, v, cost)
	assert.InEpsilon(t, 4400, u.Law.Mean(), 1e-9)
	assert.InDelta(t, 0.9, u.Law.Above(3850)-u.Law.Above(5500), 1e-6)

	v, err = dn2With(t, cost+"={value: 2875, range: 2300 to 3600}", cost+"*=0.3333333") // £958.333…, to the penny like its ends
	require.NoError(t, err)
	assert.Equal(t, "range: 766.67 to 1200", inputOf(t, v, cost).Said)

	v, err = dn2With(t, start+"={value: 60%, range: 50 to 70%}", start+"+=5%")
	require.NoError(t, err)
	u = inputOf(t, v, start)
	assert.InEpsilon(t, 0.65, u.Law.Mean(), 1e-9)
	assert.InDelta(t, 0.9, u.Law.Above(0.55)-u.Law.Above(0.75), 1e-6)

	v, err = dn2With(t, start+"=12 of 20", start+"*=0.5")
	require.NoError(t, err)
	u = inputOf(t, v, start)
	assert.InEpsilon(t, 0.30, u.Law.Mean(), 1e-9)
	low, high := (uncertain.Law{Family: uncertain.Beta, A: 12, B: 8}).Range()
	assert.InDelta(t, 0.9, u.Law.Above(low/2)-u.Law.Above(high/2), 1e-6)
}

// Every input of a certain version is at its stated value, and may be multiplied as far
// as its value allows.
func TestCertainVersion(t *testing.T) {
	const start = "cohorts.step-down.start probability"
	d, err := scenario.Open("dn2")
	require.NoError(t, err)
	v, err := d.Version("base")
	require.NoError(t, err)
	certain, err := v.Certain()
	require.NoError(t, err)
	assert.NotEmpty(t, v.Programme.Uncertain)
	assert.Empty(t, certain.Programme.Uncertain)
	assert.Empty(t, certain.Programme.Correlations)
	assert.Equal(t, v.Name(), certain.Name())
	bare, err := dn2With(t)
	require.NoError(t, err)
	assert.Equal(t, bare.Programme.Fingerprint(), certain.Programme.Fingerprint())

	twice := scenario.Times(start, decimal.RequireFromString("1.6")) // 0.96, and its range to 1.25
	_, err = v.With("", twice)
	require.Error(t, err)
	more, err := certain.With("", twice)
	require.NoError(t, err)
	assert.InEpsilon(t, 0.96, more.Programme.Cohorts[0].StartProbability, 1e-12)

	v.Programme.Weeks = 100 // by hand
	certain, err = v.Certain()
	require.NoError(t, err)
	assert.Equal(t, 100, certain.Programme.Weeks)
	assert.Empty(t, certain.Programme.Uncertain)
}

// uncertainEdits make many inputs of DN2 uncertain, each of another kind.
var uncertainEdits = []string{
	"cohorts.step-down.failure.hazard={value: 0.0093, range: 0.006 to 0.013}",
	"cohorts.step-down.failure.to={residential: 14 of 20, foster: 6 of 20}",
	"cohorts.reunification.failure.to={foster: 15 of 20, residential: 5 of 20}",
	"cohorts.*.cashable share={value: 40%, range: 20 to 60%}",
	"cohorts.*.start probability=12 of 20",
	"cohorts.edge of care.referrals.children={value: 50, range: 40 to 60}",
	"background.edge of care.foster={value: 0.0048, range: 0.002 to 0.009}",
	"background.foster={hazard: {value: 0.005, range: 0.003 to 0.008}, to: {residential: 40%, reunified: 60%}}",
	"unit costs.residential={value: 4000, range: 3500 to 4600}",
	"cohorts.foster stability.background.foster.residential={value: 0.01, range: 0.005 to 0.02}",
	"delivery.scale={value: 1, range: 0.8 to 1.25}",
	"delivery.per referral={value: 200, range: 150 to 260}",
	"metrics.M1 step-down.tariff={value: 500, range: 400 to 620}",
}

// A programme into which a draw was written is the one that reading the file with the
// drawn numbers in it gives.
func TestDrawIsReadingTheFileWithTheDrawnNumbers(t *testing.T) {
	v, err := dn2With(t, uncertainEdits...)
	require.NoError(t, err)
	d, err := v.Drawer()
	require.NoError(t, err)
	words := rand.New(rand.NewPCG(1, 2))
	quantiles := make([]float64, len(d.Inputs()))
	for range 5 {
		for i := range quantiles {
			quantiles[i] = words.Float64()
		}
		drawn, err := d.Draw(quantiles)
		require.NoError(t, err)
		assert.False(t, drawn.Whole)
		edits := uncertainEdits
		shares := map[model.Path]float64{}
		for i, u := range d.Inputs() {
			x := math.Round(drawn.Values[i]*1e9) / 1e9
			switch {
			case u.Shares != "" && shares[u.Shares] > 0:
				x = math.Round((1-shares[u.Shares])*1e9) / 1e9 // there are two of each
			case u.Shares != "":
				shares[u.Shares] = x
			case u.Path == "unit costs.residential", u.Path == "delivery.per referral", u.Path == "metrics.M1 step-down.tariff":
				x = math.Round(x*100) / 100
			}
			edits = append(edits[:len(edits):len(edits)], string(u.Path)+"="+strconv.FormatFloat(x, 'f', -1, 64))
		}
		again, err := dn2With(t, edits...)
		require.NoError(t, err)
		alike(t, again.Programme, drawn.Programme)
	}
}

// Rows by weeks in the state, as calibrate writes them, and shares that were counted are
// written into the programme too, common ones and a cohort's own: what a draw gives is
// what reading the file with the drawn numbers in it gives.
func TestDrawsOfRowsByWeeksAreWrittenIntoTheProgramme(t *testing.T) {
	rows := []string{
		"background.foster=[{weeks in state: 0 to 12, moves: {residential: {value: 0.002, range: 0.001 to 0.004}, reunified: {value: 0.005, range: 0.003 to 0.008}}}, {weeks in state: 13 on, hazard: {value: 0.004, range: 0.003 to 0.006}, to: {residential: 12 of 30, reunified: 18 of 30}}]",
		"background.residential={weeks since referral: 0 on, moves: {foster: {value: 0.004, range: 0.002 to 0.007}}}",
		"background.reunified={hazard: {value: 0.0054, range: 0.0041 to 0.0068}, to: {foster: 36 of 42, residential: 6 of 42}}",
		"cohorts.reunification.background.reunified={hazard: {value: 0.004, range: 0.003 to 0.006}, to: {foster: 7 of 10, residential: 3 of 10}}",
		"cohorts.foster stability.background.foster=[{weeks in state: 0 to 25, moves: {residential: {value: 0.01, range: 0.005 to 0.02}}}, {weeks in state: 26 on, hazard: 0.006, to: {residential: 9 of 20, reunified: 11 of 20}}]",
		"cohorts.step-down.background.residential=[{weeks in state: 0 on, moves: {foster: {value: 0.004, range: 0.002 to 0.007}}}]",
		"cohorts.foster stability.background.residential={weeks since referral: 0 on, moves: {foster: {value: 0.004, range: 0.002 to 0.007}}}",
		"cohorts.step-down.background.foster=[{weeks in state: 0 to 25, hazard: {value: 0.006, range: 0.004 to 0.009}, to: {residential: 40%, reunified: 60%}}, {weeks in state: 26 on, moves: none}]",
	}
	fast, err := dn2With(t, rows...)
	require.NoError(t, err)
	slow, err := dn2With(t, append(rows[:len(rows):len(rows)], "cohorts.edge of care.lag={value: 13 weeks, one of: {13 weeks: 60%, 26 weeks: 40%}}")...)
	require.NoError(t, err)
	written, err := fast.Drawer()
	require.NoError(t, err)
	read, err := slow.Drawer()
	require.NoError(t, err)
	lag := slices.IndexFunc(read.Inputs(), func(u model.Uncertain) bool { return strings.HasSuffix(string(u.Path), ".lag") })
	require.GreaterOrEqual(t, lag, 0)
	require.Len(t, written.Inputs(), 18)
	words, quantiles := rand.New(rand.NewPCG(5, 6)), make([]float64, len(written.Inputs()))
	for range 20 {
		for i := range quantiles {
			quantiles[i] = words.Float64()
		}
		got, err := written.Draw(quantiles)
		require.NoError(t, err)
		require.False(t, got.Whole, "no file is read for a draw")
		want, err := read.Draw(slices.Insert(slices.Clone(quantiles), lag, 0.5))
		require.NoError(t, err)
		require.True(t, want.Whole)
		alike(t, want.Programme, got.Programme)
	}
}

// A share that is multiplied leaves too many or too few for the others, whether they vary
// themselves or not.
func TestSharesCannotBeMultiplied(t *testing.T) {
	const row, more = "  reunified: {foster: 0.003, residential: 0.0013}\n", "\nuncertain:\n  more of them: {multiplies: [background.reunified.to.foster], factor: {value: 1, range: 0.9 to 1.1}}\n"
	template := string(scenario.Template())
	require.Contains(t, template, row)
	for _, to := range []string{"{foster: 70%, residential: 30%}", "{foster: 14 of 20, residential: 6 of 20}"} {
		file := strings.Replace(template, row, "  reunified: {hazard: 0.005, to: "+to+"}\n", 1) + more
		d, err := scenario.Read("x.yaml", strings.NewReader(file))
		if err == nil {
			_, err = d.Version("medium")
		}
		require.ErrorContains(t, err, "because a factor multiplies one of them", to)
	}
}

// Shares drawn from counts out of one total add up to 1, and each is Beta(its count,
// the others): its mean and spread within 3.3 standard errors, and 90% of draws between
// that Beta's 5% and 95% quantiles.
func TestSharesFromCountsHaveBetaMargins(t *testing.T) {
	const draws = 4_000
	counts := map[string]float64{"residential": 20, "foster": 8, "left care": 3}
	v, err := dn2With(t, "cohorts.step-down.failure.to={residential: 20 of 31, foster: 8 of 31, left care: 3 of 31}")
	require.NoError(t, err)
	d, err := v.Drawer()
	require.NoError(t, err)
	require.Len(t, d.Inputs(), 3)
	words, quantiles := rand.New(rand.NewPCG(31, 4)), make([]float64, 3)
	columns := map[string][]float64{}
	for range draws {
		for i := range quantiles {
			quantiles[i] = words.Float64()
		}
		drawn, err := d.Draw(quantiles)
		require.NoError(t, err)
		sum := 0.0
		for i, u := range d.Inputs() {
			_, state, _ := strings.Cut(string(u.Path), "failure.to.")
			columns[state] = append(columns[state], drawn.Values[i])
			sum += drawn.Values[i]
		}
		require.InDelta(t, 1, sum, 1e-12)
	}
	for state, count := range counts {
		beta := distuv.Beta{Alpha: count, Beta: 31 - count}
		require.Len(t, columns[state], draws, state)
		mean, sd := stat.MeanStdDev(columns[state], nil)
		require.InDelta(t, beta.Mean(), mean, 3.3*beta.StdDev()/math.Sqrt(draws), state)
		// The standard error of a spread, for a kurtosis k, is the spread × √((k − 1) ÷ 4n).
		require.InDelta(t, beta.StdDev(), sd, 3.3*beta.StdDev()*math.Sqrt((beta.ExKurtosis()+2)/(4*draws)), state)
		low, high := beta.Quantile(0.05), beta.Quantile(0.95)
		within := 0.0
		for _, x := range columns[state] {
			if x >= low && x <= high {
				within++
			}
		}
		require.InDelta(t, 0.9, within/draws, 3.3*math.Sqrt(0.9*0.1/draws), state)
	}
}

// alike requires the numbers that a draw may change to be the same to 1e-6, the
// digits in which they were written.
func alike(t *testing.T, want, got *model.Programme) {
	t.Helper()
	rows := func(a, b map[string]markov.Row) {
		require.Len(t, b, len(a))
		for state := range a {
			row(t, a[state], b[state])
		}
	}
	rows(want.Background, got.Background)
	for i := range want.Cohorts {
		a, b := want.Cohorts[i], got.Cohorts[i]
		rows(a.Background, b.Background)
		row(t, a.Failure, b.Failure)
		require.InDelta(t, a.StartProbability, b.StartProbability, 1e-8)
		require.InDelta(t, a.Referrals.Children, b.Referrals.Children, 1e-8)
		require.InDelta(t, a.CashableShare.InexactFloat64(), b.CashableShare.InexactFloat64(), 1.1e-9)
	}
	require.Equal(t, want.Delivery.Scale.Decimal.Round(8).String(), got.Delivery.Scale.Decimal.Round(8).String())
	require.True(t, want.Delivery.PerReferral.Equal(got.Delivery.PerReferral))
	for i := range want.Contract.Metrics {
		require.True(t, want.Contract.Metrics[i].Tariff.Amount.Equal(got.Contract.Metrics[i].Tariff.Amount))
	}
	for i := range want.UnitCosts {
		require.True(t, want.UnitCosts[i].PerWeek.Equal(got.UnitCosts[i].PerWeek), "%v", want.UnitCosts[i])
	}
}

func row(t *testing.T, a, b markov.Row) {
	t.Helper()
	require.Len(t, b, len(a))
	for k := range a {
		require.Len(t, b[k].Moves, len(a[k].Moves))
		for j, m := range a[k].Moves {
			require.Equal(t, m.To, b[k].Moves[j].To)
			require.InDelta(t, m.Probability, b[k].Moves[j].Probability, 2e-9)
		}
	}
}

// Where one input stands in no single place of the programme, the file is read again;
// the draws are the same.
func TestDrawsThatAreReadAgain(t *testing.T) {
	fast, err := dn2With(t, uncertainEdits...)
	require.NoError(t, err)
	slow, err := dn2With(t, append(uncertainEdits[:len(uncertainEdits):len(uncertainEdits)], "cohorts.edge of care.lag={value: 13 weeks, one of: {13 weeks: 60%, 26 weeks: 40%}}")...)
	require.NoError(t, err)
	a, err := fast.Drawer()
	require.NoError(t, err)
	b, err := slow.Drawer()
	require.NoError(t, err)
	lag := -1
	for i, u := range b.Inputs() {
		if strings.HasSuffix(string(u.Path), ".lag") {
			lag = i
		}
	}
	require.GreaterOrEqual(t, lag, 0)
	words := rand.New(rand.NewPCG(3, 4))
	lags := map[int]int{}
	for range 20 {
		quantiles := make([]float64, len(a.Inputs()))
		for i := range quantiles {
			quantiles[i] = words.Float64()
		}
		x, err := a.Draw(quantiles)
		require.NoError(t, err)
		more := append(append(append([]float64(nil), quantiles[:lag]...), words.Float64()), quantiles[lag:]...)
		y, err := b.Draw(more)
		require.NoError(t, err)
		assert.True(t, y.Whole)
		lags[y.Programme.Cohorts[3].Lag]++
		alike(t, y.Programme, x.Programme)
	}
	assert.Len(t, lags, 2)
	assert.Positive(t, lags[13])
	assert.Positive(t, lags[26])
}

// withText is DN2's file without ranges, with more at its end.
func withText(t testing.TB, more string) *scenario.Document {
	t.Helper()
	d, err := scenario.Read("x.yaml", strings.NewReader(certain.File(t, scenario.Library(), "dn2")+"\n"+more))
	require.NoError(t, err)
	return d
}

// One factor drives several inputs at once, on top of what each has of its own.
func TestMultiplierDrivesSeveralInputs(t *testing.T) {
	d := withText(t, "uncertain:\n  all failure rates together: {multiplies: [cohorts.*.failure.hazard], factor: {value: 1, range: 0.7 to 1.4}}\n")
	v, err := d.Version("medium")
	require.NoError(t, err)
	drawer, err := v.Drawer()
	require.NoError(t, err)
	require.Len(t, drawer.Inputs(), 1)
	drawn, err := drawer.Draw([]float64{0.8})
	require.NoError(t, err)
	factor := drawn.Values[0]
	assert.Greater(t, factor, 1.0)
	for i, c := range v.Programme.Cohorts {
		assert.InEpsilon(t, factor*c.Failure.Leave(0, 0), drawn.Programme.Cohorts[i].Failure.Leave(0, 0), 1e-12)
	}
}

// Alternatives are whole variants: the first is that of the central projection, one of
// them is drawn, and choosing one by name switches the draw off. What is put on top
// comes after them.
func TestAlternatives(t *testing.T) {
	d := withText(t, "alternatives:\n  edge of care:\n    edge of care counterfactual as in Essex: 25%\n    as in the file: 50%\n    edge of care counterfactual as in START: 25%\n")
	rate := func(p *model.Programme) float64 { return p.Background["edge of care"].Leave(0, 0) }
	v, err := d.Version("base")
	require.NoError(t, err)
	assert.InDelta(t, 0.0145, rate(v.Programme), 1e-12, "the first")
	drawer, err := v.Drawer()
	require.NoError(t, err)
	for u, want := range map[float64]float64{0.1: 0.0145, 0.5: 0.008, 0.9: 0.0015} {
		drawn, err := drawer.Draw([]float64{u})
		require.NoError(t, err)
		assert.InDelta(t, want, rate(drawn.Programme), 1e-12)
	}
	chosen, err := d.Version("base + edge of care counterfactual as in START")
	require.NoError(t, err)
	assert.Empty(t, chosen.Programme.Uncertain)
	assert.InDelta(t, 0.0015, rate(chosen.Programme), 1e-12)

	twice, err := d.Version("base + {background.edge of care.foster*=2}")
	require.NoError(t, err)
	drawer, err = twice.Drawer()
	require.NoError(t, err)
	drawn, err := drawer.Draw([]float64{0.9})
	require.NoError(t, err)
	assert.InDelta(t, 2*0.0009+0.0006, rate(drawn.Programme), 1e-12)
}

// A range in which moves could add up to more than 1 is refused; a draw that comes to
// it all the same says which inputs to draw again.
func TestRowsAboveOne(t *testing.T) {
	v, err := dn2With(t, "cohorts.step-down.failure.hazard={value: 0.5, range: 0.2 to 0.97}")
	require.NoError(t, err)
	_, err = v.Drawer()
	require.ErrorContains(t, err, "cohorts.step-down.failure.hazard")
	require.ErrorContains(t, err, "narrow the ranges")

	v, err = dn2With(t, "cohorts.step-down.failure.hazard={value: 0.2, range: 0.13 to 0.29}")
	require.NoError(t, err)
	d, err := v.Drawer()
	require.NoError(t, err)
	_, err = d.Draw([]float64{1 - 1e-16})
	again := &scenario.Again{}
	require.ErrorAs(t, err, &again)
	assert.Equal(t, []int{0}, again.Inputs)
}

// Correlated inputs are named in the file.
func TestCorrelations(t *testing.T) {
	withRanges := withText(t, `uncertain:
  failure rates: {multiplies: [cohorts.*.failure.hazard], factor: {value: 1, range: 0.7 to 1.4}}
  referrals: {multiplies: [cohorts.step-down.referrals.children], factor: {value: 1, range: 0.9 to 1.1}}
correlations:
  - {between: [failure rates, referrals], rank correlation: -0.6}
`)
	v, err := withRanges.Version("base")
	require.NoError(t, err)
	drawer, err := v.Drawer()
	require.NoError(t, err)
	words := rand.New(rand.NewPCG(5, 6))
	above, n := 0, 4000
	for range n {
		drawn, err := drawer.Draw([]float64{words.Float64(), words.Float64()})
		require.NoError(t, err)
		if (drawn.Values[0] > 0.98) == (drawn.Values[1] > 0.99) {
			above++
		}
	}
	assert.Less(t, float64(above)/float64(n), 0.4, "they seldom rise together")
}

// A pricer that is given the costs and shares of another draw is one that was made
// with them.
func TestSetCareIsAPricerMadeAnew(t *testing.T) {
	v, err := dn2With(t)
	require.NoError(t, err)
	other, err := dn2With(t, "unit costs.residential=5123.45", "unit costs.reunified=0", "cohorts.step-down.cashable share=33.3%")
	require.NoError(t, err)
	e, err := expect.Of(v.Programme)
	require.NoError(t, err)
	pricer, err := v.Programme.Pricer(contract.Constant, e.Counts)
	require.NoError(t, err)
	clone := pricer.Clone()
	require.NoError(t, other.Programme.SetCare(pricer))
	anew, err := other.Programme.Pricer(contract.Constant, nil)
	require.NoError(t, err)
	ledger := func(p *contract.Pricer) *contract.Ledger {
		l := p.NewLedger()
		contract.Price(p, e.Counts, l)
		return l
	}
	require.Equal(t, ledger(anew), ledger(pricer))
	require.NotEqual(t, ledger(anew).Costs, ledger(clone).Costs, "clones made before are not told")

	require.Error(t, (*model.Programme)(nil).SetCare(pricer))
	require.Error(t, other.Programme.SetCare(nil))
	wrong := *other.Programme
	wrong.UnitCosts = append([]contract.UnitCost{{State: "nowhere", PerWeek: wrong.UnitCosts[0].PerWeek}}, wrong.UnitCosts...)
	before := ledger(pricer)
	require.ErrorContains(t, wrong.SetCare(pricer), "unit costs")
	require.Equal(t, before, ledger(pricer))
}

// A file of which a case, a variant or a file without cases can be read and not drawn
// is refused where the input stands.
func TestFilesThatCannotBeDrawn(t *testing.T) {
	text, err := os.ReadFile("testdata/rich.yaml")
	require.NoError(t, err)
	often := strings.NewReplacer("{still there: 70%, at: 20 weeks}", "0.95")
	for name, c := range map[string]struct{ file, fault string }{
		"a case":          {often.Replace(string(text)), `cohorts.step-down.failure.hazard: in the case "medium": more than one draw in a million of what is uncertain cannot be: the chance would be more than 1; narrow the ranges`},
		"no cases":        {strings.NewReplacer("\ncases: {medium: {}}", "", "\nvariants: {no cap: {edits: {contract cap: none}}}", "").Replace(often.Replace(string(text))), "cohorts.step-down.failure.hazard: more than one draw in a million"},
		"a variant":       {strings.Replace(string(text), "{contract cap: none}", "{cohorts.step-down.failure.hazard: 0.95}", 1), `in the variant "no cap": more than one draw in a million`},
		"an alternative":  {strings.Replace(string(text), "{contract cap: none}", "{end: 2027-06-30}", 1) + "alternatives: {length: {as in the file: 60%, no cap: 40%}}\n", "days, councils, cohorts, states, metrics and payers cannot vary"},
		"all can be read": {string(text), ""},
	} {
		_, err := scenario.Read("x.yaml", strings.NewReader(c.file))
		if c.fault == "" {
			require.NoError(t, err, name)
			continue
		}
		require.ErrorContains(t, err, c.fault, name)
		require.NotEmpty(t, scenario.Faults(err), name)
		require.Positive(t, scenario.Faults(err)[0].Line, name)
	}
}

// What a caller changes in the programme of a version is in every draw of it: reading
// the file again does not put back what it was.
func TestDrawsKeepWhatWasChangedByHand(t *testing.T) {
	read := func() *scenario.Version {
		d, err := scenario.Read("template.yaml", bytes.NewReader(scenario.Template()))
		require.NoError(t, err)
		v, err := d.Version("medium")
		require.NoError(t, err)
		return v
	}
	drawOf := func(v *scenario.Version) scenario.Drawn {
		drawer, err := v.Drawer()
		require.NoError(t, err)
		quantiles := slices.Repeat([]float64{0.8}, len(drawer.Inputs()))
		drawn, err := drawer.Draw(quantiles)
		require.NoError(t, err)
		return drawn
	}
	v := read()
	facility := *v.Programme.Facility
	facility.NoRecycling = true
	v.Programme.Facility = &facility
	require.True(t, drawOf(v).Programme.Facility.NoRecycling)
	require.Greater(t, drawOf(v).Programme.Cohorts[0].Referrals.Children, v.Programme.Cohorts[0].Referrals.Children)

	v, err := v.With("", scenario.Set("unit costs.residential.amount", "{value: 4000, range: 3500 to 4500}")) // which is read again in each draw
	require.NoError(t, err)
	v.Programme.Facility = &facility
	drawn := drawOf(v)
	require.True(t, drawn.Whole)
	require.True(t, drawn.Programme.Facility.NoRecycling)

	v = read()
	v.Programme.Cohorts[1].Referrals.Children = 7
	require.InDelta(t, 7, drawOf(v).Programme.Cohorts[1].Referrals.Children, 0)

	d := withText(t, "alternatives:\n  edge of care:\n    as in the file: 50%\n    edge of care counterfactual as in START: 50%\n")
	v, err = d.Version("base")
	require.NoError(t, err)
	v.Programme.Cohorts[1].Referrals.Children = 7
	_, err = v.Drawer()
	require.ErrorContains(t, err, "alternatives cannot be drawn in a programme that is not as a file has it")
}

// A list of values need not be in ascending order: each value has its own weight,
// whether a draw writes the number or reads the file again.
func TestListOutOfOrder(t *testing.T) {
	d, err := scenario.Read("template.yaml", bytes.NewReader(scenario.Template()))
	require.NoError(t, err)
	list := "{value: 4000, one of: {5000: 30%, 4000: 60%, 3000: 10%}}"
	for path, cost := range map[string]func(*model.Programme) string{
		"unit costs.residential.amount": func(p *model.Programme) string { return p.UnitCosts[0].PerWeek.String() }, // read again: there are costs by year
		"unit costs.edge of care": func(p *model.Programme) string {
			i := slices.IndexFunc(p.UnitCosts, func(u contract.UnitCost) bool { return u.State == "edge of care" })
			return p.UnitCosts[i].PerWeek.String()
		},
	} {
		v, err := d.Version("medium", scenario.Set(path, list))
		require.NoError(t, err)
		drawer, err := v.Drawer()
		require.NoError(t, err)
		at := slices.IndexFunc(drawer.Inputs(), func(u model.Uncertain) bool { return string(u.Path) == path })
		require.Equal(t, []string{"3000", "4000", "5000"}, drawer.Inputs()[at].Values)
		quantiles := slices.Repeat([]float64{0.5}, len(drawer.Inputs()))
		for u, want := range map[float64]string{0.05: "3000", 0.15: "4000", 0.69: "4000", 0.71: "5000"} {
			quantiles[at] = u
			drawn, err := drawer.Draw(quantiles)
			require.NoError(t, err)
			require.Equal(t, want, cost(drawn.Programme), "%s at %v", path, u)
		}
	}
}

// A factor over inputs that an edit has taken out multiplies what is left, which may
// be nothing; a path that never led anywhere is a fault.
func TestMultiplierOfWhatAnEditTookOut(t *testing.T) {
	text := string(scenario.Template()) + "\nuncertain:\n  all failure rates together: {multiplies: [cohorts.*.failure.hazard], factor: {value: 1, range: 0.7 to 1.4}}\n"
	d, err := scenario.Read("template.yaml", strings.NewReader(text))
	require.NoError(t, err)
	v, err := d.Version("medium", scenario.Set("cohorts.*.failure", "none"))
	require.NoError(t, err)
	drawer, err := v.Drawer()
	require.NoError(t, err)
	_, err = drawer.Draw(slices.Repeat([]float64{0.9}, len(drawer.Inputs())))
	require.NoError(t, err)

	_, err = scenario.Read("template.yaml", strings.NewReader(strings.ReplaceAll(text, "cohorts.*.failure.hazard]", "cohorts.*.failures.hazard]")))
	require.ErrorContains(t, err, `there is no number at "cohorts.*.failures.hazard"`)
}
