package model_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/model"
)

// The words of an enumeration come back as they went, and an error lists those
// that are allowed.
func TestReferralLaw(t *testing.T) {
	for word, law := range map[string]model.ReferralLaw{"fixed": model.Fixed, "poisson": model.Poisson} {
		text, err := law.MarshalText()
		require.NoError(t, err)
		require.Equal(t, word, string(text))
		var back model.ReferralLaw
		require.NoError(t, back.UnmarshalText(text))
		require.Equal(t, law, back)
	}
	law := model.Poisson
	require.EqualError(t, law.UnmarshalText([]byte("normal")), `there is no law of referrals called "normal": write one of fixed, poisson`)
	require.Equal(t, model.Poisson, law)
	_, err := model.ReferralLaw(2).MarshalText()
	require.EqualError(t, err, "there is no law of referrals with the number 2: there are fixed, poisson")
}

func TestStatus(t *testing.T) {
	for _, status := range []model.Status{model.Unstated, model.Assumed, model.Derived, model.Published} {
		text, err := status.MarshalText()
		require.NoError(t, err)
		require.Equal(t, status.String(), string(text))
		var back model.Status
		require.NoError(t, back.UnmarshalText(text))
		require.Equal(t, status, back)
	}
	require.Equal(t, "not stated", model.Unstated.String())
	status := model.Derived
	require.EqualError(t, status.UnmarshalText([]byte("guessed")), `there is no status called "guessed": write one of assumed, derived, published`)
	require.Equal(t, model.Derived, status)
}

func TestDefaultStates(t *testing.T) {
	states := model.DefaultStates()
	require.Len(t, states, 5)
	require.Contains(t, states, model.State{Name: model.LeftCare})
	states[0].Name = "changed"
	require.NotEqual(t, states, model.DefaultStates(), "each caller has its own")
}
