package calibrate

import (
	"context"
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/scenario"
)

func quarter(t *testing.T, s string) calendar.Quarter {
	q, err := calendar.ParseQuarter(s)
	require.NoError(t, err)
	return q
}

// Base is fitted to June 2024. Fitted to December 2022 only, one multiplier of
// the four failure rates must still say something about June 2024.
func version(t *testing.T, d *scenario.Document) *scenario.Version {
	t.Helper()
	v, err := d.Version("base")
	require.NoError(t, err)
	return v
}

func TestHoldOutOfDN2(t *testing.T) {
	d, err := scenario.Open("dn2")
	require.NoError(t, err)
	b, err := HoldOut(context.Background(), version(t, d), Options{To: quarter(t, "2022Q4")})
	require.NoError(t, err)
	require.Len(t, b.Quarters, 15)
	var held int
	for _, q := range b.Quarters {
		switch q.Quarter {
		case b.FittedTo:
			require.InDelta(t, 1_512_175, q.Actual, 0.001)
			require.InDelta(t, q.Actual, q.Modelled, 1)
			require.False(t, q.Held)
		case quarter(t, "2024Q2"):
			require.InDelta(t, 3_708_977, q.Actual, 0.001)
			t.Logf("fitted to %s with × %.4f: modelled payments to %s are %.2f%% from the actual ones", b.FittedTo, b.Multiplier, q.Quarter, 100*(*q.Error))
			require.InDelta(t, q.Modelled/q.Actual-1, *q.Error, 1e-12)
			require.True(t, q.Held)
		}
		if q.Held {
			held++
		}
	}
	require.Equal(t, 7, held)
	require.InDelta(t, 0.8955, b.Multiplier, 0.001)
}

func TestHoldOutErrors(t *testing.T) {
	d, err := scenario.Open("dn2")
	require.NoError(t, err)
	ctx := context.Background()

	_, err = HoldOut(ctx, version(t, d), Options{To: quarter(t, "2030Q1")})
	require.ErrorContains(t, err, "no actual payments are published for 2030Q1")

	_, err = HoldOut(ctx, version(t, d), Options{Path: "cohorts.*.failure.hazzard", To: quarter(t, "2022Q4")})
	require.NotEmpty(t, scenario.Faults(err))

	// What care costs does not move payments, so no multiplier can fit them.
	_, err = HoldOut(ctx, version(t, d), Options{Path: "unit costs.residential", To: quarter(t, "2022Q4")})
	require.ErrorContains(t, err, "no multiplier of unit costs.residential between 1/16 and 16 reproduces the payments to 2022Q4: modelled less actual payments are ")

	stopped, stop := context.WithCancelCause(ctx)
	stop(errors.New("enough"))
	_, err = HoldOut(stopped, version(t, d), Options{To: quarter(t, "2022Q4")})
	require.ErrorIs(t, err, context.Canceled)
}
