package sensitivity

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/scenario"
)

// A driver that is found by its name is that of the list, and every driver can be found.
func TestDriversAreFoundByName(t *testing.T) {
	template, err := scenario.Read("template.yaml", bytes.NewReader(scenario.Template()))
	require.NoError(t, err)
	suffolk, err := scenario.Open("suffolk") // without delivery terms
	require.NoError(t, err)
	for programme, d := range map[string]*scenario.Document{"template": template, "suffolk": suffolk} {
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
