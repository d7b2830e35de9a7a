package montecarlo

import (
	"testing"
	"unsafe"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/scenario"
)

// mostBytes is the most that a run of so many replications holds at a time, of whichever
// size its values are, and with the distributions that it says.
func mostBytes(r *runner) int64 {
	width, quantiles := int64(len(r.centre)), int64(len(r.options.Quantiles))
	held := int64(r.values.replications+longest) * width * 8
	bins := int64(len(r.condensed)) * (int64(unsafe.Sizeof(histogram{})) + 4*(bins+2))
	rows := int64(r.options.Workers) * block * width * 8
	columns := int64(r.options.Workers) * int64(r.values.replications) * 16
	described := width * (int64(unsafe.Sizeof(Distribution{})) + 16 + quantiles*(int64(unsafe.Sizeof(Quantile{}))+24))
	return held + bins + rows + columns + described
}

// All series of a million replications take less than a gigabyte, in every programme of
// the library; and what a run keeps of fewer, with four bytes for nearly all
// values, takes little more than half of Options.MemoryLimit.
func TestMemoryOfAMillionReplications(t *testing.T) {
	for _, programme := range scenario.List() {
		d, err := scenario.Open(programme.Name)
		require.NoError(t, err)
		v, err := d.Version("")
		require.NoError(t, err)
		r, err := prepare(v, Options{Replications: 1_000_000, FixedRates: true, Workers: 8})
		require.NoError(t, err)
		require.Less(t, mostBytes(r), int64(1e9), programme.Name)
	}
	r := runWith(t, libraryCases(t, "base")[0], Options{Replications: 512, FixedRates: true, Unwarned: true}).run
	kept := int64(0)
	for _, l := range r.values.lots {
		kept += 4*int64(len(l.small)) + 8*int64(len(l.large))
	}
	require.Less(t, float64(kept), 0.55*float64(r.bytes(512)))
}
