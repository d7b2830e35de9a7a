package portfolio_test

import (
	"os"
	"testing"

	"github.com/edgeofcare/edgeofcare/internal/garbage"
)

func TestMain(m *testing.M) { os.Exit(garbage.Seldom(m.Run)) }
