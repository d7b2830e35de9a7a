package scenario

import (
	"maps"
	"testing"

	"github.com/stretchr/testify/require"
)

// All drawers of a version read each alternative once, and another version has its own.
func TestAlternativesAreReadOnce(t *testing.T) {
	d, err := Open("dn2")
	require.NoError(t, err)
	v, err := d.Version("medium")
	require.NoError(t, err)
	draw := func(v *Version) map[string]choice {
		drawer, err := v.Drawer()
		require.NoError(t, err)
		return drawer.shared.choices
	}
	first := draw(v)
	require.NotEmpty(t, first)
	read := maps.Clone(first)
	for name, made := range draw(v) {
		require.Same(t, read[name].programme, made.programme, name)
	}
	edited, err := v.With("", Set("contract cap", "none"))
	require.NoError(t, err)
	for name, made := range draw(edited) {
		require.NotSame(t, read[name].programme, made.programme, name)
		require.False(t, made.programme.Contract.Cap.Valid, name)
	}
}
