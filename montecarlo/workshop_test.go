package montecarlo

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/scenario"
)

// dn2Alternatives is a case of DN2 with alternatives, of which two share everything but
// numbers and one has a cap that the others have not.
func dn2Alternatives(t testing.TB, version, alternatives string) *scenario.Version {
	t.Helper()
	text, err := os.ReadFile("../scenario/library/dn2.yaml")
	require.NoError(t, err)
	own, rest, _ := strings.Cut(string(text), "    conditioned on:\n") // which alternatives are part of
	_, rest, _ = strings.Cut(rest, "digest:")
	_, rest, _ = strings.Cut(rest, "\n")
	own += rest
	if from := strings.Index(own, "\nalternatives:"); from >= 0 { // up to the next block
		rest := own[from+1:]
		own = own[:from+1] + rest[strings.Index(rest, "\n\n\n")+1:]
	}
	d, err := scenario.Read("dn2.yaml", strings.NewReader(own+alternatives))
	require.NoError(t, err)
	v, err := d.Version(version)
	require.NoError(t, err)
	return v
}

const threeChoices = `
alternatives:
  edge of care:
    as in the file: 40%
    edge of care counterfactual as in Essex: 30%
    edge of care counterfactual as in START: 30%
  tariffs and delivery:
    as in the file: 40%
    flat tariffs: 30%
    delivery cost 20% lower: 30%
`

// What a replication comes to does not depend on the draws before it, which used the
// same tables and the same memory.
func TestChoicesTakeTurnsInOneWorkshop(t *testing.T) {
	v := dn2Alternatives(t, "medium", threeChoices)
	require.Len(t, turnsTaken(t, v, Options{Replications: 40, Seed: 3, TotalsOnly: true, Workers: 1, Undivided: true}).settings, 9)
	d := turnsTaken(t, v, Options{Replications: 40, Seed: 3, TotalsOnly: true, Workers: 1})
	require.Len(t, d.settings, 9)
	require.Len(t, d.workshops, 1)
}

// Nor where the file is read anew for every draw: those of one lag share a workshop, and
// where each differs in what none takes, no more are kept than there is room for.
func TestDrawsReadAnewTakeTurns(t *testing.T) {
	o := Options{Replications: 40, Seed: 3, TotalsOnly: true, Workers: 1}
	lag := "cohorts.step-down.lag={value: 4 weeks, one of: {4 weeks: 60%, 8 weeks: 40%}}"
	d := turnsTaken(t, dn2Uncertain(t, "medium", append([]string{lag}, someUncertain...)...), o)
	require.Len(t, d.workshops, 2)
	d = turnsTaken(t, dn2Uncertain(t, "medium", lag, "delivery.fixed per quarter={value: 60000, range: 50000 to 70000}"), o)
	require.Len(t, d.workshops, mostWorkshops)
}

// turnsTaken runs all replications one after another, and each by itself, and requires the
// same of both.
func turnsTaken(t *testing.T, v *scenario.Version, o Options) *drawnRun {
	t.Helper()
	r := runWith(t, v, o).run
	width := len(r.centre)
	all := r.newDrawnRun()
	for i := range o.Replications {
		_, err := all.at(i)
		require.NoError(t, err)
		d, row := r.newDrawnRun(), make([]float64, width)
		s, err := d.at(i)
		require.NoError(t, err)
		fillRow(s, s.simulator.Replicate(o.Seed, i), row)
		require.Equal(t, row, r.values.row(i, make([]float64, width)), "replication %d", i)
	}
	return all
}

// Programmes that differ in more than numbers are kept apart.
func TestOutlines(t *testing.T) {
	v := dn2Uncertain(t, "medium")
	outline := func(edits ...string) any {
		var all []scenario.Edit
		for _, text := range edits {
			edit, err := scenario.ParseEdit(text)
			require.NoError(t, err)
			all = append(all, edit)
		}
		edited, err := v.With("", all...)
		require.NoError(t, err)
		return outlineOf(edited.Programme)
	}
	for _, numbers := range []string{
		"background.foster.residential=0.001", "cohorts.step-down.failure.hazard=0.02", "cohorts.step-down.start probability=0.5", "cohorts.step-down.referrals.children=9",
		"cohorts.step-down.cashable share=10%", "unit costs.foster=1", "metrics.*.tariff=1", "delivery.scale=0.5", "delivery.per case week=1",
	} {
		require.Equal(t, outline(), outline(numbers), numbers)
	}
	for _, more := range []string{
		"cohorts.step-down.lag=4 weeks", "contract cap=none", "discount rate=2% real", "delivery.claims paid after=1", "ages at referral.to=16 years",
		"cohorts.step-down.referrals.ramp=3 weeks", "commissioners={Nottinghamshire: 50%, Nottingham: 30%, Derby: 20%}", "cohorts.step-down.failure.to={foster: 100%}",
	} {
		require.NotEqual(t, outline(), outline(more), more)
	}
}
