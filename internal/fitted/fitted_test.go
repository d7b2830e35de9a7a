package fitted

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/scenario"
)

// The cases that the notes of the library's files call fitted to payments: those of
// Essex and Lancashire say that nothing was.
func TestCase(t *testing.T) {
	for name, want := range map[string]string{
		"dn2": "base", "norfolk": "base", "pyramid": "base", "cheshire-west": "base",
		"essex-mst": "", "lancashire": "",
	} {
		d, err := scenario.Open(name)
		require.NoError(t, err)
		require.Equal(t, want, Case(d), name)
	}
	require.Empty(t, Case(nil))
}
