package sensitivity

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/scenario"
)

// A driver that is found by its name is that of the list, and every driver can be found.
func TestDriversAreFoundByName(t *testing.T) {
	for _, programme := range []string{"dn2", "suffolk"} {
		d, err := scenario.Open(programme)
		require.NoError(t, err)
		all := map[string]Driver{}
		for _, one := range Drivers(d) {
			require.Contains(t, names, one.Name)
			all[one.Name] = one
		}
		require.Greater(t, len(all), 5)
		for _, name := range append(names, "refferals") {
			found, ok := driverNamed(d, name)
			want, fits := all[name]
			require.Equal(t, fits, ok, "%s: %s", programme, name)
			require.Equal(t, want, found, "%s: %s", programme, name)
		}
	}
}
