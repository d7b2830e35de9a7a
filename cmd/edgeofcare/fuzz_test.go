package main

import (
	"encoding"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// Whatever is typed as the value of a flag either fails in words or is in range.
func FuzzFlagValues(f *testing.F) {
	for _, text := range []string{"1", "010", "0x1F", "1e3", "-1", "", "9223372036854775808", "95%", "0.95", "1", "100%", ".5", "5e-324%", "NaN%", "cash at 2%", "constant", "cash at", " cash  at x", "£10k", "1%"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var (
			n    replications
			w    workers
			px   pixels
			from seed
			p    proportion
			in   prices
			e    howExact
		)
		for _, value := range []encoding.TextUnmarshaler{&n, &w, &px, &from, &p, &in, &e} {
			if err := value.UnmarshalText([]byte(text)); err != nil {
				require.NotEmpty(t, strings.TrimSpace(err.Error()))
				continue
			}
			require.GreaterOrEqual(t, min(int(n), int(w), int(px)), 0)
			require.True(t, p >= 0 && p < 1 && e.share >= 0 && e.share < 1 && !e.amount.IsNegative())
		}
	})
}
