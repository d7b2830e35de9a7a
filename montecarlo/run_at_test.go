package montecarlo

import (
	"context"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

// At the inputs that a run drew, a run at stated inputs is that run, and what it counts
// anew is what is priced.
func TestRunAtIsTheRun(t *testing.T) {
	dn2 := libraryCases(t, "base")[0]
	run, err := Run(t.Context(), dn2, Options{Seed: 4, Replications: 40, Undivided: true})
	require.NoError(t, err)
	inputs, err := run.InputValues(t.Context())
	require.NoError(t, err)
	times := func(factor float64) func() func(Lived) error {
		return func() func(Lived) error {
			return func(l Lived) error {
				for i := range l.Counts.Units {
					l.Counts.Units[i] *= factor
				}
				return nil
			}
		}
	}
	for name, recount := range map[string]func() func(Lived) error{"as it is": nil, "counted anew": times(1), "half": times(0.5)} {
		at, err := RunAt(t.Context(), dn2, StatedInputs{Values: inputs, Recount: recount}, Options{Seed: 4, Workers: 1 + len(name)%3})
		require.NoError(t, err, name)
		if name == "half" {
			full, halved := run.Values(Claims), at.Values(Claims)
			for i := range full {
				require.InDelta(t, full[i]/2, halved[i], 2)
			}
			continue
		}
		require.Equal(t, run.Totals, at.Totals, name)
		require.Equal(t, run.Probabilities, at.Probabilities, name)
		require.Equal(t, run.Paths(Avoided), at.Paths(Avoided), name)
		again, err := at.InputValues(t.Context())
		require.NoError(t, err)
		require.Equal(t, inputs, again)
		require.Contains(t, at.Conventions.Uncertainty, "stated draws of 40 uncertain inputs")
	}

	two, err := RunAt(t.Context(), dn2, StatedInputs{Values: inputs, Lives: 2}, Options{Seed: 4})
	require.NoError(t, err)
	require.Equal(t, 80, two.Conventions.Replications)
	again, err := two.InputValues(t.Context())
	require.NoError(t, err)
	require.Equal(t, inputs[3][1], again[3][2])
	require.Equal(t, inputs[3][1], again[3][3])
}

func TestRunAtRefuses(t *testing.T) {
	dn2 := libraryCases(t, "base")[0]
	inputs := slices.Repeat([][]float64{{1}}, 40)
	for want, o := range map[string]Options{"leave out": {Replications: 5}, "draw 1": {}} {
		_, err := RunAt(t.Context(), dn2, StatedInputs{Values: inputs}, o)
		require.ErrorContains(t, err, want)
	}
	_, err := RunAt(t.Context(), dn2, StatedInputs{}, Options{})
	require.ErrorContains(t, err, "values of 0 inputs for 40")
	_, err = RunAt(t.Context(), dn2, StatedInputs{Values: slices.Repeat([][]float64{{}}, 40)}, Options{})
	require.ErrorContains(t, err, "0 draws")
	var none context.Context
	_, err = RunAt(none, dn2, StatedInputs{Values: inputs}, Options{})
	require.ErrorContains(t, err, "context")
	stopped, stop := context.WithCancel(t.Context())
	stop()
	_, err = RunAt(stopped, dn2, StatedInputs{Values: inputs}, Options{})
	require.Error(t, err)
}
