package sensitivity_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/sensitivity"
)

func TestOrdersAreReadFromWords(t *testing.T) {
	for word, want := range map[string]sensitivity.Order{
		"facility": sensitivity.ByFacility, "surplus": sensitivity.BySurplus, "shortfall": sensitivity.ByShortfall, "hurdle": sensitivity.ByHurdle,
	} {
		var order sensitivity.Order
		require.NoError(t, order.UnmarshalText([]byte(word)))
		assert.Equal(t, want, order)
	}
	var order sensitivity.Order
	require.EqualError(t, order.UnmarshalText([]byte("rate")), `there is no order "rate": use facility, surplus, shortfall or hurdle`)
	assert.Empty(t, order)
}
