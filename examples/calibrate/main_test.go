package main

import (
	"bytes"
	"regexp"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"
)

// Every estimate is within a fifth of what is true, with four times as many children as
// the example has, and the rows are there.
func TestCalibrate(t *testing.T) {
	var out bytes.Buffer
	require.NoError(t, calibrate(&out, 2400, 1))
	found := regexp.MustCompile(`hazard (\S+) .*; true: (\S+)\n`).FindAllStringSubmatch(out.String(), -1)
	require.Len(t, found, 4, out.String())
	for _, f := range found {
		got, err := strconv.ParseFloat(f[1], 64)
		require.NoError(t, err)
		want, err := strconv.ParseFloat(f[2], 64)
		require.NoError(t, err)
		require.InDelta(t, 1, got/want, 0.2, f[0])
	}
	require.Contains(t, out.String(), "background:\n  foster: {hazard: ")
}
