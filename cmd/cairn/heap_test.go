package main

import "testing"

func TestRoomOfTheHeap(t *testing.T) {
	for _, c := range []struct{ live, room int }{
		{10, 96}, {96, 96}, {150, 150}, {200, 200}, {250, 150}, {300, 100}, {336, 64}, {1000, 150},
	} {
		percent := percentFor(uint64(c.live) << 20)
		if room := c.live * percent / 100; room < c.room-10 || room > c.room {
			t.Errorf("with %d MB live, room for %d, want %d", c.live, room, c.room)
		}
	}
	if percentFor(0) != mostPercent || percentFor(1) != mostPercent {
		t.Error("at first the heap may grow as far as it ever may")
	}
}
