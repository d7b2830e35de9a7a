package expect_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/expect"
)

// There is no expectation of nothing.
func TestNothingIsExpectedOfNothing(t *testing.T) {
	for _, p := range []*model.Programme{nil, {}, {Weeks: 5}} {
		_, err := expect.Of(p)
		require.Error(t, err)
		for _, cohort := range []string{"", "nobody"} {
			_, err = expect.Occupancy(p, cohort, -1)
			require.Error(t, err)
		}
	}
	require.NotPanics(t, func() { _ = (&expect.TriggerError{}).Error() })
}
