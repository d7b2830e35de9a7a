package growth

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// size is how large a made-up programme is.
type size struct {
	Children, Weeks, Cohorts, Metrics, Councils int
	Inputs                                      int // uncertain ones, at most four for each cohort
}

// usual is the size of which one thing at a time is changed.
var usual = size{Children: 1000, Weeks: 312, Cohorts: 4, Metrics: 4, Councils: 3}

// text is a programme file of a size: every figure in it is invented. Cohorts are alike,
// referred over the first year; metric j pays for each cohort whose number leaves j, or
// for one cohort each where there are more metrics than cohorts.
func text(s size) string {
	start := calendar.NewDate(2021, 4, 1)
	var out strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&out, format+"\n", args...) }
	line("format: 1\nprogramme: made-up\ntitle: A made-up programme\nstart: %s\nend: %s", start, start.AddDays(7*s.Weeks-1))
	line("price base: constant 2021/22 prices\nevidence: {status: assumed, note: invented}")
	line("ages at referral: {from: 4, to: 16}\nstates: {\"foster, planned\": {parent: foster}}")
	line("commissioners:")
	for i := range s.Councils {
		share := 10_000 / s.Councils
		if i == 0 {
			share += 10_000 % s.Councils
		}
		line("  Council %d: %.2f%%", i+1, float64(share)/100)
	}
	line("cohorts:")
	left := s.Inputs
	known := func(value, known string) string { // an input, uncertain while there are some left
		if left == 0 {
			return value
		}
		left--
		return fmt.Sprintf("{value: %s, %s}", value, known)
	}
	for i := range s.Cohorts {
		children := float64(s.Children) / float64(s.Cohorts)
		line("  cohort %d:", i+1)
		line("    start probability: %s", known("60%", "range: 40 to 80%"))
		line("    failure: {hazard: %s, to: {residential: 70%%, foster: 30%%}}", known("0.008", "range: 0.005 to 0.0117"))
		line("    referrals: {children: %s, from: %s, to: %s}", known(fmt.Sprint(children), fmt.Sprintf("range: %.4f to %.4f", 0.8*children, 1.22*children)), start, start.AddDays(7*52-1))
		line("    cashable share: %s", known("50%", "range: 30 to 70%"))
		line("    start state: residential\n    planned state: foster, planned\n    lag: 13 weeks\n    tracking: 104 weeks")
	}
	line("background:\n  foster: {residential: 0.003, reunified: 0.003}\n  residential: {foster: 0.004, reunified: 0.002}\n  reunified: {foster: 0.003, residential: 0.001}")
	line("metrics:")
	for j := range s.Metrics {
		var cohorts []string
		for i := range s.Cohorts {
			if i%s.Metrics == j || j%s.Cohorts == i {
				cohorts = append(cohorts, fmt.Sprintf("cohort %d", i+1))
			}
		}
		line("  metric %d:\n    cohorts: [%s]\n    tariff: 400", j+1, strings.Join(cohorts, ", "))
		line("    trigger: {full weeks: {first payable week: 0 weeks, window: 104 weeks, cap per child: 104 weeks, interruption: ends}}")
	}
	line("payers: {commissioner: {share: 100%%}}\nunit costs: {residential: 4500, foster: 900, edge of care: 150, reunified: 150}")
	line("delivery: {fixed per quarter: 20000, per referral: 300, per case week: 250, claims paid after: 45 days}")
	line("cases: {only: {note: invented}}")
	return out.String()
}

// read reads the programme of a size.
func read(t testing.TB, s size) *scenario.Document {
	d, err := scenario.Read("made-up.yaml", strings.NewReader(text(s)))
	require.NoError(t, err)
	return d
}

// version is the only case of the programme of a size.
func version(t testing.TB, s size) *scenario.Version {
	v, err := read(t, s).Version("")
	require.NoError(t, err)
	return v
}

// The programme has the size that is asked for.
func TestMadeUpProgramme(t *testing.T) {
	for _, s := range []size{usual, {Children: 100, Weeks: 52, Cohorts: 1, Metrics: 1, Councils: 1}, {Children: 1_000_000, Weeks: 1040, Cohorts: 32, Metrics: 48, Councils: 32, Inputs: 128}} {
		p := version(t, s).Programme
		children := 0.0
		for _, c := range p.Cohorts {
			children += c.Referrals.Children
		}
		require.InEpsilon(t, s.Children, children, 1e-9)
		require.Equal(t, s.Weeks, p.Weeks)
		require.Len(t, p.Cohorts, s.Cohorts)
		require.Len(t, p.Contract.Metrics, s.Metrics)
		require.Len(t, p.Commissioners, s.Councils)
		require.Len(t, p.Uncertain, s.Inputs)
	}
}
