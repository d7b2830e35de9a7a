package main

import (
	"bytes"
	"context"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// Progress goes to standard error where that is a terminal, wherever the output goes:
// here into a buffer, as into a pipe. It is no part of the output, and its line is taken
// away at the end.
func TestProgressWhereOutputIsPiped(t *testing.T) {
	for _, line := range []string{
		"run dn2 -n 64", "stress dn2 -n 16 --grid referrals=1,tariffs=0.9", "size testdata/invested.yaml -n 16 --cases low", "backtest testdata/plain.yaml -n 200", "plot dn2 payments -n 64 -o -",
	} {
		var arguments []string
		for _, one := range strings.Fields(line) {
			arguments = append(arguments, strings.ReplaceAll(one, "_", " "))
		}
		outputs := map[bool]string{}
		for _, terminal := range []bool{true, false} {
			var out, errors bytes.Buffer
			code := run(arguments, streams{ctx: context.Background(), out: &out, err: &errors, terminal: terminal})
			require.Zero(t, code, "%s: %s", line, errors.String())
			require.Equal(t, terminal, strings.Contains(errors.String(), "% of "), "%s: %q", line, errors.String())
			require.NotContains(t, out.String(), clearLine, line)
			if terminal {
				shown, _, _ := strings.Cut(errors.String(), "\n")
				require.Contains(t, shown, clearLine, line)
			}
			outputs[terminal] = out.String()
		}
		require.Equal(t, outputs[false], outputs[true], line)
	}
}

// A long run says how long the rest will take, and a short one does not.
func TestHowLongTheRestTakes(t *testing.T) {
	require.Empty(t, left(time.Second, 0, 100))
	require.Empty(t, left(time.Second, 50, 100))
	require.Equal(t, ", about 30 seconds more", left(10*time.Second, 50, 150))
	require.Equal(t, ", about 18 minutes more", left(11*time.Second, 100, 9900))
}
