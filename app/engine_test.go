package app

import (
	"context"
	"log/slog"
	"path/filepath"
	"testing"

	"gatehouse/app/web"
	"gatehouse/store"
)

func TestKeep_engineThatPanicsIsStartedAgain(t *testing.T) {
	db, err := store.Open(t.Context(), store.Options{Path: filepath.Join(t.TempDir(), "g.db")})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	a := &App{Site: &web.Site{DB: db, Log: slog.New(slog.DiscardHandler)}}
	ctx, cancel := context.WithCancel(t.Context())
	starts, again := 0, make(chan struct{})
	ended := make(chan struct{})
	go func() {
		a.keep(ctx, engine{"test", func(ctx context.Context) error {
			if starts++; starts == 1 {
				panic("fell over")
			}
			close(again)
			<-ctx.Done()
			return ctx.Err()
		}})
		close(ended)
	}()
	<-again
	cancel()
	<-ended
	if starts != 2 {
		t.Errorf("started %d times, want 2", starts)
	}
}
