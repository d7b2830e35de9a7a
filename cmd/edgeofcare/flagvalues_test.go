package main

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// A correlation may be none or whole; a probability that a run is to show may not.
func TestCorrelationsFromNoneToWhole(t *testing.T) {
	for given, want := range map[string]correlation{"0%": 0, "0": 0, "30%": 0.3, "30": 0.3, "0.3": 0.3, "100%": 1, "100": 1} {
		var c correlation
		require.NoError(t, c.UnmarshalText([]byte(given)))
		require.InDelta(t, float64(want), float64(c), 1e-12, given)
		var p proportion
		err := p.UnmarshalText([]byte(given))
		require.Equal(t, want == 0 || want == 1, err != nil, given)
	}
	for given, fault := range map[string]string{
		"101%": "101% is out of range: a correlation is from 0%",
		"1":    "1 may be 1% or 100%",
		"-5%":  "is not a percentage",
		"half": "is not a percentage",
	} {
		var c correlation
		require.ErrorContains(t, c.UnmarshalText([]byte(given)), fault)
	}
}
